"""The document a member gets: complete, of one stable shape, described to the last field, whatever was typed."""

from __future__ import annotations

import json
import re
from datetime import UTC, date, datetime, time
from pathlib import Path

from chat.markup import escape
from chat.people import Person, Space
from commands.mydata_export import PAGE, pages
from content.data_card import export_card
from content.data_text import data_text
from content.data_words import Family
from content.library import load
from content.say import speaker
from store.export import as_json, document
from store.kept import KEPT, Row

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
ADA = Person(Space("slack", "T1"), "U1")
HOSTILE = 'x"\\\n# A heading\n- <@U1> `code` *bold* @everyone 中文 ' + "long" * 900
ROWS: dict[Family, list[Row]] = {
    "you": [{"language": "en", "zone": None}],
    "recipe": [{"anchor": HOSTILE, "at": time(8, 30), "days": 0b1000001, "reflect_day": 6, "next_at": NOW, "dose": 0}],
    "steps": [{"day": date(2026, 11, 19), "subject": "prompt.habit.ten-seconds", "kind": "prompt", "state": "sent",
               "answer": "done"},
              {"day": date(2026, 11, 20), "subject": "", "kind": "reflection", "state": "planned", "answer": None}],
    "notes": [{"day": date(2026, 11, 19), "note": HOSTILE}],
    "weeks": [{"day": date(2026, 11, 15), "tried": "", "noticed": HOSTILE, "next": "rest", "question": "q"}],
    "drafts": [{"form": "recipe-given", "answers": {"anchor": "half", "days": ["0", "1"]}, "kept_at": NOW}],
    "questions": [],
}  # fmt: skip


def test_the_document_is_json_and_loses_nothing() -> None:
    made = json.loads(as_json(document(ADA, "Makers", ROWS, NOW)))
    assert (made["format"], made["version"], made["made_at"]) == (
        "steppingstone/member-data",
        1,
        "2026-11-20T12:00:00Z",
    )
    assert made["community"] == {"platform": "slack", "id": "T1", "name": "Makers"}
    recipe = made["kept"]["recipe"][0]
    assert recipe["anchor"] == HOSTILE
    assert (recipe["at"], recipe["days"], recipe["reflect_day"]) == ("08:30", ["monday", "sunday"], "sunday")
    assert made["kept"]["drafts"][0]["answers"] == {"anchor": "half", "days": ["0", "1"]}


def test_its_description_names_every_field_of_every_family() -> None:
    text = (Path(__file__).parents[2] / "docs" / "member-data.md").read_text(encoding="utf-8")
    for kept in KEPT:
        [line] = [line for line in text.splitlines() if line.startswith(f"| `{kept.family}` ")]
        assert set(kept.columns) <= set(re.findall(r"`(\w+)`", line)), kept.family


def test_the_text_calls_steps_by_their_titles_and_keeps_members_words_on_one_line() -> None:
    library = load()
    for lang in ("en", "zh-CN"):
        text = data_text(speaker(lang), library, "Makers", ROWS, NOW.date())
        assert library.prompts["prompt.habit.ten-seconds"].title.get(lang) in text
        assert "\n# A heading" not in text
        assert "half" in text
        assert text.count("\n## ") == len(ROWS)


def test_pages_lose_nothing_and_fit() -> None:
    for text in (as_json(document(ADA, "Makers", ROWS, NOW)), "", "*" * 9_000, "short"):
        cut = pages(text)
        assert "".join(cut).replace("\n", "") == text.replace("\n", "")
        for number, page in enumerate(cut):
            assert len(escape(page)) <= PAGE
            export_card(speaker("en"), page, "json", number, len(cut))
