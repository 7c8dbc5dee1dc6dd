"""Sheets for the stories about the store: what stands on them matters to nobody there."""

from __future__ import annotations

import secrets
from dataclasses import replace

from chat.people import Person
from sheets.sheet import Filled, Item, Sheet
from store import Store, Tx
from tests.store.shire import NOW, SHIRE

WORDS = "Nobody knows how many seed cakes to bake"


def a_sheet(words: str = WORDS, worksheet: str = "scope") -> Sheet:
    """With one step filled in."""
    filled = Filled(values={"who": words, "ideas": (Item(1, "茶"), Item(2, "cake"))}, version=1, saved_at=NOW)
    return Sheet(
        space=SHIRE, id=secrets.token_hex(8), worksheet=worksheet, lang="en", step="problem",
        steps={"problem": filled}, next_id=3,
    )  # fmt: skip


def rewritten(sheet: Sheet, words: str) -> Sheet:
    """Its one step says something else."""
    filled = replace(sheet.steps["problem"], values={"who": words}, version=sheet.version + 1)
    return replace(sheet, steps={"problem": filled})


async def begun(tx: Tx, owner: Person, *others: Person) -> Sheet:
    """A new sheet of the first, with the others as co-owners in this order."""
    made = await tx.sheets.add(a_sheet(), owner, NOW)
    for n, other in enumerate(others):
        await tx.sheet_people.add(other, made.id, "co-owner", NOW.replace(minute=1 + n), state="in")
    return made


async def read(store: Store, sheet: Sheet) -> Sheet | None:
    """As it stands now."""
    async with store.begin() as tx:
        return await tx.sheets.get(sheet.space, sheet.id)
