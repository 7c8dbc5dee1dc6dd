"""Which idea of the sources reaches a member, by which entry and on which way. Pure; `make coverage` writes it down."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from content.common import source_ids
from content.library import Library
from content.text import LANGUAGES


@dataclass(frozen=True, slots=True)
class Reached:
    """An entry that carries an idea, and how a member comes to it."""

    entry: str
    way: str


def coverage(library: Library) -> Mapping[str, Sequence[Reached]]:
    """Every source id, in the alphabet's order -> the live entries that cite it."""
    found: dict[str, list[Reached]] = {id_: [] for id_ in sorted(source_ids())}
    for cited, reached in _citations(library):
        found.setdefault(cited, []).append(reached)
    return found


def _citations(library: Library) -> Iterator[tuple[str, Reached]]:
    for prompt in library.prompts.values():
        optin = f", after opting in to {prompt.requires_optin}" if prompt.requires_optin else ""
        for source in prompt.sources:
            yield source, Reached(prompt.id, f"daily step ({', '.join(sorted(prompt.tracks))}{optin})")
    for role in library.roles.values():
        for source in role.sources:
            yield source, Reached(role.id, f"/role {role.id.removeprefix('role.')}")


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
    topics = Counter(prompt.topic for prompt in library.prompts.values())
    tracks = Counter(track for prompt in library.prompts.values() for track in prompt.tracks)
    languages = Counter(lang for prompt in library.prompts.values() for lang in LANGUAGES if prompt.body.get(lang))
    return [
        f"{len(library.prompts)} daily steps, {len(library.roles)} roles.",
        "",
        "| | daily steps |",
        "| --- | ---: |",
        *(f"| topic `{name}` | {count} |" for name, count in sorted(topics.items())),
        *(f"| track {name} | {count} |" for name, count in sorted(tracks.items())),
        *(f"| language {name} | {count} |" for name, count in sorted(languages.items())),
    ]
