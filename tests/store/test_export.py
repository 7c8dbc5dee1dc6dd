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
from content.say import speaker
from store.export import as_json, document
from store.kept import KEPT, Row
from tests.kit.house import shipped

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
ADA = Person(Space("slack", "T1"), "U1")
HOSTILE = 'x"\\\n# A heading\n- <@U1> `code` *bold* @everyone 中文 ' + "long" * 900
SHEET = json.dumps({"v": 1, "steps": {"problem": {"values": {"who": HOSTILE, "wishes": [[1, "more cakes"]]}}}})
ROWS: dict[Family, list[Row]] = {
    "you": [{"language": "en", "zone": None}],
    "recipe": [{"anchor": HOSTILE, "at": time(8, 30), "days": 0b1000001, "reflect_day": 6, "next_at": NOW, "dose": 0}],
    "steps": [{"day": date(2026, 11, 19), "subject": "prompt.habit.ten-seconds", "kind": "prompt", "state": "sent",
               "answer": "done"},
              {"day": date(2026, 11, 20), "subject": "", "kind": "reflection", "state": "planned", "answer": None}],
    "letters": [{"day": date(2026, 11, 18), "subject": "how-was-it a1b2", "state": "sent"}],
    "notes": [{"day": date(2026, 11, 19), "note": HOSTILE}],
    "weeks": [{"day": date(2026, 11, 15), "tried": "", "noticed": HOSTILE, "next": "rest", "question": "q"}],
    "drafts": [{"form": "recipe-given", "answers": {"anchor": "half", "days": ["0", "1"]}, "kept_at": NOW}],
    "questions": [],
    "seeking": [{"call_me": HOSTILE, "languages": frozenset({"zh", "en"}), "hours": ((0, 540, 600), (4, 1080, 1440)),
                 "asked": (date(2026, 11, 1),), "curiosities": (HOSTILE, "b"), "paused_until": None, "waited": 0,
                 "external": False, "topics": ()}],
    "programmes": [{"programme": "coffee:C1", "profile": {"goals": ("learn", HOSTILE)}, "since": NOW}],
    "talks": [{"kind": "coffee", "programme": "coffee:C1", "state": "met", "format": "", "met_on": None,
               "proposed_at": NOW, "reasons": ({"term": "topics", "tags": ("a",)},)}],
    "said": [{"side": "peer", "said": "met"}, {"side": "seeker", "said": None}],
    "met": [{"a": "U1", "b": "U2", "programme": "coffee:C1", "round": 1, "at": NOW}],
    "talk_notes": [{"introduction": "i", "kind": "prep", "body": HOSTILE, "updated_at": NOW, "version": 1},
                   {"introduction": "i", "kind": "after", "body": None, "updated_at": NOW, "version": 1}],
    "rounds": [{"programme": "coffee:C1", "number": 3, "state": "placed"}],
    "circles": [{"circle": "c", "joined_at": NOW, "left_at": None, "goal": HOSTILE},
                {"circle": "d", "joined_at": NOW, "left_at": NOW, "goal": None}],
    "conduct": [{"code": "2026-11", "at": NOW}],
    "hosting": [],
    "sheets": [{"id": "s1", "worksheet": "scope", "state": "open", "created_at": NOW, "body": SHEET},
               {"id": "s2", "worksheet": "scope", "state": "open", "created_at": NOW, "body": None}],
    "sheet_parts": [{"sheet": "s1", "part": "owner", "state": "in", "added_at": NOW}],
    "sheet_comments": [{"id": "c", "sheet": "s1", "step": "problem", "text": HOSTILE, "at": NOW},
                       {"id": "d", "sheet": "s1", "step": "problem", "text": None, "at": NOW}],
    "sheet_follows": [{"sheet": "s1", "key": "unfinished", "at": NOW}, {"sheet": "s1", "key": "date", "at": None}],
    "sheet_asks": [{"sheet": "s1", "part": "reviewer", "state": "yes", "asked_at": NOW, "next_at": None, "tell": ""}],
    "sheet_drafts": [{"sheet": "s1", "form": "problem.form", "stood": "7", "answers": json.dumps({"who": HOSTILE}),
                      "kept_at": NOW},
                     {"sheet": "s1", "form": "value.weigh/3", "stood": "7", "answers": None, "kept_at": NOW}],
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
    seeking = made["kept"]["seeking"][0]
    assert (seeking["languages"], seeking["asked"]) == (["en", "zh"], ["2026-11-01"])
    assert seeking["hours"] == [["monday", "09:00", "10:00"], ["friday", "18:00", "24:00"]]
    assert made["kept"]["programmes"][0]["profile"] == {"goals": ["learn", HOSTILE]}
    assert made["kept"]["talks"][0]["reasons"] == [{"term": "topics", "tags": ["a"]}]
    assert made["kept"]["talk_notes"][0]["body"] == HOSTILE
    assert made["kept"]["drafts"][0]["answers"] == {"anchor": "half", "days": ["0", "1"]}


def test_its_description_names_every_field_of_every_family() -> None:
    text = (Path(__file__).parents[2] / "docs" / "member-data.md").read_text(encoding="utf-8")
    for kept in KEPT:
        [line] = [line for line in text.splitlines() if line.startswith(f"| `{kept.family}` ")]
        assert set(kept.columns) <= set(re.findall(r"`(\w+)`", line)), kept.family


def test_the_text_calls_steps_by_their_titles_and_keeps_members_words_on_one_line() -> None:
    library = shipped().library
    for lang in ("en", "zh-CN"):
        text = data_text(speaker(lang), library, "Makers", ROWS, NOW.date())
        assert library.prompts["prompt.habit.ten-seconds"].title.get(lang) in text
        assert "\n# A heading" not in text
        assert "half" in text
        assert speaker(lang).weekday(4) + " 18:00–24:00" in text
        assert "2026-11-20: coffee · coffee:C1 · met" in text
        assert "2026-11-18: how-was-it (sent)" in text
        assert "U1, U2 (coffee:C1)" in text
        assert "- scope, 2026-11-20: open" in text
        assert "  - steps.problem.values.wishes: more cakes" in text
        assert text.count("\n## ") == len(ROWS)


def test_pages_lose_nothing_and_fit() -> None:
    for text in (as_json(document(ADA, "Makers", ROWS, NOW)), "", "*" * 9_000, "short"):
        cut = pages(text)
        assert "".join(cut).replace("\n", "") == text.replace("\n", "")
        for number, page in enumerate(cut):
            assert len(escape(page)) <= PAGE
            export_card(speaker("en"), page, "json", number, len(cut))
