"""The messages about what is kept of a member: a part of `tests.golden.messages`."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime

from chat.form import Form
from chat.message import File, Message
from commands import nudge_welcome
from commands.mydata import ALONE
from content import data_card
from content.data_words import Family
from content.say import Say
from store.export import as_json, document
from store.kept import KEPT
from tests.golden.loop import HOSTILE
from tests.golden.steering import PERSON

FULL: dict[Family, int] = {kept.family: number for number, kept in enumerate(KEPT, 1)}
NEW: dict[Family, int] = {kept.family: int(kept.table.name == "members") for kept in KEPT}
FILE = File(b"{}", "mydata.json", "All, as JSON")
AT = datetime(2026, 11, 20, 12, tzinfo=UTC)


def data(say: Say) -> Mapping[str, Message | Form]:
    """By the name of the function that makes it."""
    json = as_json(document(PERSON, "Makers", {"notes": [{"day": AT.date(), "note": HOSTILE}]}, AT))
    forms = {f"delete_form.{what}": data_card.delete_form(say, what) for what in (*ALONE, "here", "everywhere")}
    gone = {f"deleted_card.{what}": data_card.deleted_card(say, what) for what in ("notes", "recipe")}
    return {
        "see_card": data_card.see_card(say, FULL),
        "see_card.more": data_card.see_card(say, FULL, 1),
        "see_card.new": data_card.see_card(say, NEW),
        "delete_card": data_card.delete_card(say, FULL, ALONE, 2),
        "delete_card.new": data_card.delete_card(say, NEW, ALONE, 1),
        **forms,
        **gone,
        "forgotten_card": data_card.forgotten_card(say, 1),
        "forgotten_card.everywhere": data_card.forgotten_card(say, 2),
        "export_card": data_card.export_card(say, f"# {HOSTILE}", "text", 1, 3),
        "export_card.json": data_card.export_card(say, json, "json", 0, 1),
        "files_card": data_card.files_card(say, [File(b"# All", "mydata.md", "All, to read"), FILE]),
        "files_card.large": data_card.files_card(say, [FILE]),
        "consent_again": nudge_welcome.consent_again(say),
    }
