"""Checks of research sheets: words an outsider would not know, words that lean to an answer, papers and their links."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sheets.checks import Seen, check
from sheets.papers import broken, identity
from sheets.quotes import lines_at, lines_with, quoted, text_of
from sheets.refs import texts
from sheets.word_lists import words

_CAPITALS = re.compile(
    r"(?<![A-Za-z])(?!(?:UK|US|USA|EU|UN|TV|AI|GPS|DNA|CO2|PC|IT|OK|CD|DVD|USB|WHO|CEO|ID|II|III|IV|AM|PM|NGO|PDF|SMS|ML|LLM|GPT|GPU|CPU|API|URL|QR)\b)[A-Z][A-Z0-9]{1,5}(?![A-Za-z])"
)


@check("jargon")
def jargon(seen: Seen, on: str) -> tuple[str, ...] | None:
    """Would somebody from another field stumble over a word (research.step4.clear)? {words}: the words."""
    return _words(seen, on, words("jargon"), _CAPITALS)


@check("loaded-words")
def loaded_words(seen: Seen, on: str) -> tuple[str, ...] | None:
    """Does a word favour one answer (research.step4.neutral)? {words}: the words; nothing is rewritten."""
    return _words(seen, on, words("loaded"))


@check("drop-or-modify")
def drop_or_modify(seen: Seen, on: str) -> tuple[str, ...] | None:
    """Is a question to be dropped that no change was tried on (research.step5.classes)? {words}: those."""
    return quoted(
        item.text
        for item, said in lines_with(seen.worksheet, seen.sheet, f"{seen.step.key}.{on}")
        if text_of(said.get(on)) == "b" and not any(text_of(said.get(k)) for k in ("new_question", "new_hypothesis"))
    )


@check("bad-link")
def bad_link(seen: Seen, on: str) -> tuple[str, ...] | None:
    """Does an address, DOI or arXiv id lack a piece (research.step7)? Titles are fine. {words}: what is broken."""
    return quoted(tuple(filter(None, map(broken, lines_at(seen.sheet, f"{seen.step.key}.{on}")))))


@check("same-paper")
def same_paper(seen: Seen, on: str) -> tuple[str, ...] | None:
    """Does a line name the paper itself, or one paper twice (paper.pass2)? By DOI, arXiv id, address or title. {words}:
    the lines."""
    known, twice = set(_before(seen)), list[str]()
    for line in lines_at(seen.sheet, f"{seen.step.key}.{on}"):
        if (same := identity(line)) in known:
            twice.append(line)
        known.add(same)
    return quoted(tuple(twice))


def _words(seen: Seen, on: str, *patterns: re.Pattern[str]) -> tuple[str, ...] | None:
    """What the patterns find in the lines that were worked on: in the new wording, else in the line as it was."""
    found = list[str]()
    for item, said in lines_with(seen.worksheet, seen.sheet, f"{seen.step.key}.{on}"):
        if any(texts(value) for value in said.values()):
            text = text_of(said.get(on)) or item.text
            found += [
                match.group().casefold() if p is not _CAPITALS else match.group()
                for p in patterns
                for match in p.finditer(text)
            ]
    return quoted(tuple(dict.fromkeys(found)))


def _before(seen: Seen) -> Iterator[str]:
    """The papers that steps before this one are about."""
    for step in seen.worksheet.steps:
        if step.key == seen.step.key:
            return
        for part in step.parts:
            for field in part.fields:
                if field.kind == "text" and (line := text_of(seen.sheet.value(f"{step.key}.{field.key}"))):
                    yield identity(line)
