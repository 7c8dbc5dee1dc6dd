"""A member's sealed notes around a talk, as small structures; where the house has no key, the member is told."""

from __future__ import annotations

import json
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from typing import Any

from chat.errors import Tellable
from chat.form import Answers
from chat.markup import clean
from commands._call import Call
from content.prep_cards import OWN, OWN_QUESTIONS, RESEARCH, Prep
from content.say import Say
from store import Conflict, SecretUnreadable, StoreError, Tx
from store.notes import Note, NoteKind

Kept = Mapping[str, Any]


@contextmanager
def sealed(say: Say) -> Generator[None]:
    """Notes and reports are sealed with the operator's key: without one nothing is written down rather than openly."""
    try:
        yield
    except (Conflict, SecretUnreadable):
        raise
    except StoreError as error:
        raise Tellable(
            say("I keep such words sealed only, and whoever runs me has set no key yet (STEPPINGSTONE_KEYS).")
        ) from error


async def read_note(tx: Tx, call: Call, talk: str, kind: NoteKind) -> Kept:
    """What was kept; empty where nothing was."""
    with sealed(call.say):
        note = await tx.notes.get(call.person, talk, kind)
    return json.loads(note.body) if note else {}


async def keep_note(tx: Tx, call: Call, talk: str, kind: NoteKind, kept: Kept) -> None:
    """Replaces it."""
    with sealed(call.say):
        was = await tx.notes.get(call.person, talk, kind)
        body = json.dumps(kept, ensure_ascii=False)
        await tx.notes.save(Note(call.person, talk, kind, body, version=was.version if was else 0), call.now)


def prep_of(kept: Kept) -> Prep:
    """The notes of the prep kit; nothing kept is a fresh one."""
    if not kept:
        return Prep()
    notes = kept.get("notes", {})
    return Prep(
        who=str(kept.get("who", "")),
        notes={key: str(notes[key]) for key in RESEARCH if notes.get(key)},
        goal=str(kept.get("goal", "")),
        keep=tuple(kept.get("keep", ())),
        own=tuple(kept.get("own", ())),
        order=tuple(kept.get("order", ())),
    )


def as_kept(prep: Prep) -> Kept:
    """The inverse of `prep_of`."""
    return {
        "who": prep.who, "notes": dict(prep.notes), "goal": prep.goal, "keep": list(prep.keep), "own": list(prep.own),
        "order": list(prep.order),
    }  # fmt: skip


def line(answers: Answers, key: str, most: int) -> str:
    """One line of what was typed."""
    return " ".join(clean(answers.text(key)).split())[:most]


def lines(answers: Answers, key: str, most: int) -> str:
    """What was typed, its own line breaks kept."""
    return clean(answers.text(key)).strip()[:most]


def numbers(text: str) -> tuple[int, ...]:
    """The numbers in a text, in their order, each once.

    >>> numbers("7, 1 und 3、1")
    (7, 1, 3)
    """
    digits = "".join(sign if sign.isdecimal() else " " for sign in text)
    return tuple(dict.fromkeys(int(part) for part in digits.split() if len(part) < 3))


def own_questions(answers: Answers) -> tuple[str, ...]:
    """Up to three questions of one's own; the places of empty ones stay, so that their numbers do."""
    return tuple(line(answers, f"own{n}", OWN) for n in range(OWN_QUESTIONS))
