"""Finds a role by name, nickname or misspelling, in both languages, and admits when it only guesses."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

from rapidfuzz import fuzz

from content.library import Library
from content.roles import OtherTitle, Role

EXACT = 88.0
"""From here on we open the card without asking. Below, "data engineer" or "ml ops" would become a role they are not."""
NEAR = 60.0
LONGEST = 100  # characters of the question that are read at all


@dataclass(frozen=True, slots=True)
class Found:
    """A role that may be meant; `score` 0 to 100."""

    role: str
    score: float
    exact: bool


def find_role(library: Library, words: str) -> tuple[Found, ...]:
    """Best first; () when nothing is near.

    The score compares whole phrases (typos allowed), never single shared words: "prompt engineer" shares a word with
    three roles and is none of them.
    """
    asked = _fold(words[:LONGEST])
    if not asked:
        return ()
    certain = 100.0 if _is_title(library, asked) else EXACT  # "mlops engineer" is one typo away from "ml engineer"
    scored: list[Found] = []
    for role in library.roles.values():
        score = max(_score(asked, name) for name in _names(role))
        if score >= NEAR:
            scored.append(Found(role.id, score, score >= certain))
    return tuple(sorted(scored, key=lambda found: -found.score))


def exact_role(library: Library, words: str) -> Role | None:
    """The role that is surely meant."""
    found = find_role(library, words)
    return library.roles[found[0].role] if found and found[0].exact else None


def suggest_roles(library: Library, partial: str) -> tuple[str, ...]:
    """Role ids for a half-typed word: names that begin with it, that hold it, then near ones; all six for nothing."""
    asked = _fold(partial[:LONGEST])
    begins = [role.id for role in library.roles.values() if any(name.startswith(asked) for name in _names(role))]
    holds = [role.id for role in library.roles.values() if any(asked in name for name in _names(role))]
    near = [found.role for found in find_role(library, partial)]
    return tuple(dict.fromkeys([*begins, *holds, *near]))


def find_title(library: Library, words: str) -> OtherTitle | None:
    """A title that is known to be none of the roles, by its very name or a typo of it."""
    asked = _fold(words[:LONGEST])
    best = max(((_score(asked, _fold(name)), title) for title in library.titles for name in title.names),
               key=lambda pair: pair[0], default=(0.0, None))  # fmt: skip
    return best[1] if best[0] >= EXACT else None


def _is_title(library: Library, asked: str) -> bool:
    return any(asked == _fold(name) for title in library.titles for name in title.names)


def _names(role: Role) -> frozenset[str]:
    names = (role.slug.replace("-", " "), role.name.en, role.name.zh, role.short.en, role.short.zh, *role.aliases)
    return frozenset(map(_fold, names))


def _fold(text: str) -> str:
    folded = unicodedata.normalize("NFKC", text).casefold()
    return " ".join("".join(c if c.isalnum() or c in "+#" else " " for c in folded).split())


def _score(asked: str, name: str) -> float:
    if asked == name:
        return 100.0
    # Short nicknames and Chinese names differ in meaning by one character: only the same will do.
    if len(name) <= 4 or len(asked) <= 4 or not name.isascii():
        return 75.0 if name in asked and not name.isascii() else min(70.0, fuzz.ratio(asked, name))
    return min(99.0, max(fuzz.ratio(asked, name), fuzz.token_sort_ratio(asked, name)))
