"""Which idea of the sources reaches a member, by which entry and on which way. Pure; `make coverage` writes it down."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from content.cards import Card
from content.library import Library
from content.prompts import Prompt
from content.text import LANGUAGES


@dataclass(frozen=True, slots=True)
class Reached:
    """An entry that carries an idea, and how a member comes to it."""

    entry: str
    way: str


def coverage(library: Library) -> Mapping[str, Sequence[Reached]]:
    """Every source id, in the alphabet's order -> the live entries that cite it."""
    found: dict[str, list[Reached]] = {id_: [] for id_ in sorted(library.ideas)}
    for cited, reached in _citations(library):
        found.setdefault(cited, []).append(reached)
    return found


def _citations(library: Library) -> Iterator[tuple[str, Reached]]:
    for prompt in library.prompts.values():
        way = f"daily step ({', '.join(sorted(prompt.tracks))})"
        if prompt.requires_optin:
            way = f"/step {prompt.topic}; never unasked ({prompt.requires_optin})"
        for source in prompt.sources:
            yield source, Reached(prompt.id, way)
    for card in library.cards.values():
        for source in card.sources:
            yield source, Reached(card.id, f"/step {card.topic}")
    for role in library.roles.values():
        for source in role.sources:
            yield source, Reached(role.id, f"/role {role.id.removeprefix('role.')}")
    for sheet in library.worksheets.values():
        for source in sheet.sources:
            yield source, Reached(sheet.id, f"worksheet (/step {sheet.name.get('en').lower()})")


def as_markdown(library: Library) -> str:
    """The whole table as a document, with what is not yet carried first."""
    rows = coverage(library)
    open_ids = [id_ for id_, reached in rows.items() if not reached]
    lines = [
        "# Which idea reaches a member, and how",
        "",
        "Made by `make coverage` from the pack; a test holds it up to date.",
        "",
        f"{len(rows) - len(open_ids)} of {len(rows)} ideas are carried by at least one live entry.",
        "",
        *_counts(library),
        "",
    ]
    if open_ids:
        lines += ["## Not yet carried", "", ", ".join(f"`{id_}`" for id_ in open_ids), ""]
    lines += ["## Carried", "", "| idea | entry | how a member reaches it |", "| --- | --- | --- |"]
    lines += [f"| `{id_}` | `{one.entry}` | {one.way} |" for id_, reached in rows.items() for one in reached]
    return "\n".join(lines) + "\n"


def _counts(library: Library) -> list[str]:
    steps = Counter(prompt.topic for prompt in library.prompts.values())
    cards = Counter(card.topic for card in library.cards.values())
    tracks = Counter(track for prompt in library.prompts.values() for track in prompt.tracks)
    return [
        f"{len(library.prompts)} daily steps, {len(library.cards)} cards, {len(library.roles)} roles, "
        f"{len(library.worksheets)} worksheets.",
        "",
        "| | daily steps | cards |",
        "| --- | ---: | ---: |",
        *(f"| topic `{name}` | {steps[name]} | {cards[name]} |" for name in library.topics),
        *(f"| track {name} | {count} | |" for name, count in sorted(tracks.items())),
        *(f"| language {name} | {_in(library.prompts, name)} | {_in(library.cards, name)} |" for name in LANGUAGES),
    ]


def _in(entries: Mapping[str, Prompt] | Mapping[str, Card], lang: str) -> int:
    return sum(entry.body.has(lang) for entry in entries.values())
