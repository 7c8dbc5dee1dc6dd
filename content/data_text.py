"""All that is kept of a member as Markdown to read: the same rows as the JSON, in the member's language. Pure."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime, time
from typing import Any, cast

from chat.moment import hour, unpack_days
from content.data_words import Family, OfSheets, OfTalks, words
from content.library import Library
from content.say import Say

Rows = Sequence[Mapping[str, Any]]


def data_text(say: Say, library: Library, community: str, rows: Mapping[Family, Rows], today: date) -> str:
    """The document. Families with nothing in them say so. Steps are called by their titles; what no person could read
    (ids, attempts, leases) stands in the JSON alone."""
    lines = [f"# {say('What I keep of you here')}", "", _plain(f"{community} · {say.date(today)} {today.year}")]
    for family, found in rows.items():
        said = words(say, family)
        lines += ["", f"## {said.name}", "", f"{said.what} {said.source} {said.until}", ""]
        listed = [line for row in found for line in _lines(say, library, family, row)]
        lines += listed or [f"- {say('nothing')}"]
    return "\n".join(lines) + "\n"


def _lines(say: Say, library: Library, family: Family, row: Mapping[str, Any]) -> list[str]:
    title: Callable[[str], str] = lambda id_: _title(say, library, id_)  # noqa: E731  # short, and used in two places
    match family:
        case "steps":
            what = title(row["subject"]) if row["subject"] else row["kind"]
            answer = say("answered: {answer}", answer=row["answer"]) if row["answer"] else row["state"]
            return [f"- {row['day']}: {_plain(what)} ({answer})"]
        case "letters":
            return [f"- {row['day']}: {_plain(row['subject'].partition(' ')[0])} ({row['state']})"]
        case "notes":
            return [f"- {row['day']}: {_plain(row['note'])}"]
        case "questions":
            return [f"- {_plain(title(row['prompt']))}: {row['due']}"]
        case "weeks":
            written = " / ".join(_plain(row[name]) for name in ("tried", "noticed", "next") if row[name])
            return [f"- {row['day']}: {written}"]
        case "day":
            return [f"- {row['day']}"]
        case "drafts":
            typed = cast("Mapping[str, object]", row["answers"])
            return [
                f"- {row['form']}, {row['kept_at'].date()}: {_plain(str(value))}" for value in typed.values() if value
            ]
        case "you" | "reach" | "recipe":
            return _facts(say, row)
        case (
            "sheets" | "sheet_parts" | "sheet_comments" | "sheet_follows" | "sheet_asks" | "sheet_asked"
            | "sheet_drafts"
        ):  # fmt: skip
            return _of_sheets(say, family, row)
        case _:
            return _of_talks(say, family, row)


def _of_talks(say: Say, family: OfTalks, row: Mapping[str, Any]) -> list[str]:
    match family:
        case "talks":
            what = " · ".join(_plain(str(row[name])) for name in ("kind", "programme", "state", "format") if row[name])
            return [f"- {row['met_on'] or row['proposed_at'].date()}: {what}"]
        case "said":
            return [f"- {row['side']}: {row['said']}" if row["said"] else f"- {row['side']}"]
        case "met":
            return [f"- {row['at'].date()}: {row['a']}, {row['b']} ({_plain(row['programme'])})"]
        case "talk_notes":
            return [f"- {row['updated_at'].date()}, {row['kind']}: {_plain(row['body'])}"] if row["body"] else []
        case "rounds":
            return [f"- {_plain(row['programme'])} {row['number']}: {row['state']}"]
        case "circles":
            goal = f": {_plain(row['goal'])}" if row["goal"] else ""
            return [f"- {row['joined_at'].date()} – {row['left_at'].date() if row['left_at'] else ''}{goal}"]
        case "seeking" | "hosting" | "programmes" | "conduct":
            return _facts(say, row)


def _of_sheets(say: Say, family: OfSheets, row: Mapping[str, Any]) -> list[str]:
    match family:
        case "sheets":
            head = f"- {row['worksheet']}, {row['created_at'].date()}: {row['state']}"
            return [head, *_written(json.loads(row["body"]))] if row["body"] else [head]
        case "sheet_parts":
            return [f"- {row['sheet']}, {row['added_at'].date()}: {row['part']} ({row['state']})"]
        case "sheet_comments":
            said = f": {_plain(row['text'])}" if row["text"] else ""
            return [f"- {row['sheet']}, {row['at'].date()}, {row['step']}{said}"]
        case "sheet_asks" | "sheet_asked":
            return _facts(say, row)
        case "sheet_drafts":
            head = f"- {row['sheet']}, {row['form']}, {row['kept_at'].date()}"
            return [head, *_written(json.loads(row["answers"]))] if row["answers"] else [head]
        case "sheet_follows":
            return [
                f"- {row['sheet']}, {row['key']}: {_value(say, 'at', row['at']) if row['at'] else say('sent already')}"
            ]


def _written(body: Any, named: str = "") -> list[str]:
    """Every text in it, below what it stands at."""
    match body:
        case str():
            return [f"  - {named}: {_plain(body)}"] if body.strip() else []
        case dict():
            inside = cast("Mapping[str, object]", body).items()
            return [line for key, value in inside for line in _written(value, f"{named}.{key}".strip("."))]
        case list():
            return [line for value in cast("Sequence[object]", body) for line in _written(value, named)]
        case _:
            return []


def _facts(say: Say, row: Mapping[str, Any]) -> list[str]:
    return [f"- {name}: {_value(say, name, value)}" for name, value in row.items() if value not in _NOTHING]


_NOTHING: tuple[object, ...] = (None, "", (), frozenset[str](), {})


def _value(say: Say, name: str, value: object) -> str:
    match value:
        case tuple() if name == "hours":
            hours = cast("tuple[tuple[int, int, int], ...]", value)
            return ", ".join(f"{say.weekday(day)} {hour(start)}–{hour(end)}" for day, start, end in hours)
        case frozenset():
            return _plain(", ".join(sorted(cast("frozenset[str]", value))))
        case tuple() | list():
            return ", ".join(_value(say, "", item) for item in cast("Iterable[object]", value))
        case dict():
            told = cast("Mapping[str, object]", value)
            return ", ".join(f"{_plain(key)}: {_value(say, '', item)}" for key, item in told.items())
        case datetime():
            return value.strftime("%Y-%m-%d %H:%M UTC")
        case time():
            return say.time(value)
        case bool():
            return say("yes") if value else say("no")
        case int() if name == "days":
            return say.weekdays(unpack_days(value))
        case int() if name == "reflect_day":
            return say.weekday(value)
        case _:
            return _plain(str(value))


def _title(say: Say, library: Library, prompt: str) -> str:
    known = library.prompts.get(prompt)
    return known.title.get(say.lang) if known else prompt


def _plain(text: str) -> str:
    """A member's words on one line: they cannot become a heading or a list of the document."""
    return " / ".join(part.strip() for part in text.splitlines() if part.strip())
