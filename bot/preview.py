"""`python -m bot preview <id>`: an entry as both platforms show it, in text, or in the sandbox's page."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Iterable, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from rapidfuzz import process

from bot.checking import render
from bot.demo import Sandbox, demo, people
from chat.errors import SteppingstoneError
from chat.form import Form
from commands._every import View, views
from commands._every_sheet import sheet_views
from content.library import Library, load
from content.say import speaker

WIDTH = 78


class NoSuchEntry(SteppingstoneError):
    """An id that is not in the pack; the text names near ones."""


def find_views(library: Library, id_: str, lang: str) -> list[View]:
    """The screens of one entry. Raises NoSuchEntry."""
    say = speaker(lang)
    every = [*views(say, library), *(view for sheet in library.worksheets.values() for view in sheet_views(say, sheet))]
    found = [view for view in every if view.entry in {id_, f"topic.{id_}"}]
    if not found:
        ids = sorted({view.entry for view in every})
        near = [one for one, _score, _n in process.extract(id_, ids, limit=5)]
        raise NoSuchEntry(f"{id_!r} is not in the pack {library.slug}. Near it: {', '.join(near)}")
    return found


def as_text(library: Library, id_: str, languages: Sequence[str]) -> Iterator[str]:
    """Lines: each screen, in each language, as each platform shows it."""
    for lang in languages:
        for view in find_views(library, id_, lang):
            for platform, made in render(view.make()).items():
                yield f"── {view.entry} · {view.name} · {lang} · {platform} ".ljust(WIDTH, "─")
                yield from _lines(made)
                yield ""


@asynccontextmanager
async def in_the_page(pack: Path | None, id_: str, port: int) -> AsyncGenerator[Sandbox]:
    """A demo whose bot has sent the entry's screens to one English and one Chinese reader on both platforms.

    Forms are left out: they open from a button.
    """
    library = load(pack)
    find_views(library, id_, "en")
    async with demo(port, pack) as (sandbox, app):
        for lang, person in people(sandbox):
            for view in find_views(library, id_, lang):
                message = view.make()
                if not isinstance(message, Form):
                    key = f"{len(view.entry):02}{view.name}{lang}".replace(" ", "")[:25]
                    await app.platforms[person.space.platform].send(person, message, key=key)
        yield sandbox


def _lines(made: Any) -> Iterator[str]:
    """What a reader sees of a platform's JSON, top to bottom: words as they stand, controls in brackets."""
    match made:
        case [*several]:
            for one in several:
                yield from _lines(one)
        case {**one}:
            yield from _shown(one)
        case _:
            pass


def _shown(one: Mapping[str, Any]) -> Iterator[str]:
    match one:
        case {"type": "header", "text": {"text": str(title)}}:
            yield f"# {title}"
        case {"type": "context", "elements": [{"text": str(text)}]}:
            yield f"  {text}"
        case {"type": "section", "text": {"text": str(text)}} | {"type": 10, "content": str(text)}:
            yield from text.splitlines()
        case {"type": "section", "fields": [*fields]}:
            for label, value in zip(fields[::2], fields[1::2], strict=True):
                yield f"{label['text']} {value['text']}"
        case {"type": "rich_text", "elements": [{"elements": [*runs]}]}:
            yield from "".join(_styled(run) for run in runs).splitlines()
        case {"type": "actions", "elements": [*items]} | {"type": 1, "components": [*items]}:
            yield " ".join(_control(item) for item in items)
        case {"type": "input", "label": {"text": str(label)}, "element": {**element}}:
            yield f"{label}: {_control(element)}"
        case {"type": 18, "label": str(label), "component": {**element}}:
            yield f"{label}: {_control(element)}"
        case {"type": "divider"} | {"type": 14}:
            yield "─" * 8
        case _:
            for key in ("title", "blocks", "components"):
                yield from _lines(one.get(key) if not isinstance(one.get(key), str) else [])


def _styled(run: Mapping[str, Any]) -> str:
    mark = {"bold": "*", "italic": "_", "code": "`"}.get(next(iter(run.get("style") or {}), ""), "")
    return f"{mark}{run['text']}{mark}"


def _control(item: Mapping[str, Any]) -> str:
    label = item.get("label") or item.get("text") or item.get("placeholder") or ""
    words = label["text"] if isinstance(label, dict) else label  # pyright: ignore[reportUnknownVariableType]
    options: Iterable[Mapping[str, Any]] = item.get("options") or ()
    listed = [option.get("label") or option["text"]["text"] for option in options]
    return f"[{words} ▾ {' · '.join(listed)}]" if listed else f"[{words}]"
