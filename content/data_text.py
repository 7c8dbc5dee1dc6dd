"""All that is kept of a member as Markdown to read: the same rows as the JSON, in the member's language. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, time
from typing import Any, cast

from chat.moment import unpack_days
from content.data_words import Family, words
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
            return [f"- {name}: {_value(say, name, value)}" for name, value in row.items() if value not in {None, ""}]


def _value(say: Say, name: str, value: object) -> str:
    match value:
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
