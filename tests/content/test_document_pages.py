"""A sheet as a PDF and as a share card, read back from the real files: every word there, none outside its place."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
from dataclasses import replace
from hashlib import sha256
from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image
from pypdf import PdfReader
from pypdf.generic import DictionaryObject

from content.days_picture import GREEN
from content.document import Card, Document, Dot, Listing, Pairs, Paragraph, Section, Small, Table
from content.document_pages import ALT_MOST, CannotDraw, can_draw, card_alt, card_png, fonts_missing, pdf

ROOT = Path(__file__).resolve().parents[2]
missing = fonts_missing()
pytestmark = pytest.mark.skipif(bool(missing), reason=f"apt-get install {' '.join(missing)}")

EVIL = r"""#import "@preview/x" ] } $ \u{41} #panic("no") "quoted" \ `raw` // gone /* gone */ *b* _i_ <l> @r ~ --"""
FAMILY = "👩‍👩‍👧‍👦"
WIDTH, HEIGHT, EDGE = 1200, 630, 60
Pixels = NDArray[np.uint8]

CARD = Card(
    "Project sheet",
    "Grid operators cannot tell how much wind and sun tomorrow brings",
    (
        ("Problem", "Gas plants run all night because tomorrow’s supply is a guess"),
        ("Idea", "Forecast each park from weather maps"),
        ("ML metric", "Mean error: 18 % → 10 %"),
        ("Business metric", ""),
    ),
    "2 of 3 ideas with evidence",
    (Dot("Data", True), Dot("People", True), Dot("Time", True), Dot("Integrations", False), Dot("Other teams", False)),
    "From a worksheet by steppingstone",
    "en",
    "not yet",
)
SHEET = Document(
    "Grid operators & the wind",
    "Looping back is part of the work.",
    (
        Section(
            "1 The problem",
            (
                Paragraph("first line\nsecond line"),
                Pairs((("Who has it?", "操作员 operators"), ("Asked", ""))),
                Listing(("Plan tomorrow", "Sleep at night"), numbered=True),
                Listing(("Forecast", EVIL)),
                Small("kept as it is"),
            ),
            "re-check",
        ),
        Section("2 Evidence", (Table(("Idea", "Value"), (("Forecast", "5"), ("As yesterday", ""))),)),
        Section("3 Budget", (), "still open"),
    ),
    "version 7",
    "en",
    "not yet",
)
CHINESE = Document(
    "电网调度员说不准明天有多少风电",
    "",
    (Section("1 业务问题", (Pairs((("谁有这个问题？", "区域电网的调度员"), ("问过谁", ""))),)),),
    "来自工作表",
    "zh-CN",
    "还没写",
)


def _pixels(card: Card) -> Pixels:
    picture = Image.open(BytesIO(card_png(card)))
    assert (picture.format, picture.size) == ("PNG", (WIDTH, HEIGHT))
    return np.asarray(picture.convert("RGB"))


def _words(document: Document) -> tuple[PdfReader, str]:
    """The file, and its text without line ends, which depend on the width of the page."""
    reader = PdfReader(BytesIO(pdf(document)))
    return reader, " ".join(" ".join(page.extract_text() for page in reader.pages).split())


def _same(part: Pixels) -> bool:
    return bool((part.reshape(-1, 3) == part.reshape(-1, 3)[0]).all())


def _band(pixels: Pixels) -> int:
    """Where the tinted band at the foot begins."""
    return next((y for y in range(11, HEIGHT) if tuple(pixels[y, 3]) != (255, 255, 255)), HEIGHT)


def _stays_inside(pixels: Pixels) -> bool:
    band = _band(pixels)
    left, right = slice(0, EDGE - 6), slice(WIDTH - EDGE + 6, WIDTH)
    around = [pixels[11:band, left], pixels[11:band, right], pixels[band - 5 : band], pixels[HEIGHT - 5 :]]
    around += [pixels[band:, left], pixels[band:, right]] if band < HEIGHT else []
    return all(map(_same, around))


def test_a_sheet_for_the_manager_is_one_page_with_every_word_in_order() -> None:
    reader, text = _words(SHEET)
    assert len(reader.pages) == 1
    assert (reader.pages[0].mediabox.width / 72 * 25.4, reader.pages[0].mediabox.height / 72 * 25.4) == pytest.approx(
        (210, 297), abs=0.1
    )
    wanted = (
        "Grid operators & the wind", "Looping back", "1 The problem", "re-check", "first line second line",
        "Who has it?", "操作员 operators", "Asked not yet", "1. Plan tomorrow", "2. Sleep at night", "kept as it is",
        "2 Evidence", "Idea Value", "Forecast 5", "As yesterday not yet", "3 Budget", "still open", "version 7",
    )  # fmt: skip
    places = [text.index(words) for words in wanted]
    assert places == sorted(places)


def test_what_looks_like_typst_is_shown_and_never_run() -> None:
    _reader, text = _words(replace(SHEET, title=EVIL, lead=EVIL, foot=EVIL))
    plain = EVIL.replace("  ", " ")
    assert text.count(plain) >= 3, text
    assert not _same(_pixels(replace(CARD, title=EVIL, badge=EVIL, rows=((EVIL, EVIL),))))


def test_a_reader_of_screens_is_told_title_language_and_structure() -> None:
    for document, lang in ((SHEET, "en"), (CHINESE, "zh-CN")):
        reader, _text = _words(document)
        root = reader.root_object
        assert reader.metadata is not None
        assert reader.metadata.title == document.title
        assert root["/Lang"] == lang
        assert "/MarkInfo" in root
        assert root["/StructTreeRoot"]
        assert [str(entry["/Title"]).split()[0] for entry in reader.outline if isinstance(entry, dict)]


def test_a_sheet_without_a_title_says_not_yet() -> None:
    reader, text = _words(replace(SHEET, title=" \u200b", sections=(Section("", (Paragraph(""),)),)))
    assert reader.metadata is not None
    assert reader.metadata.title == "not yet"
    assert text.count("not yet") == 3


def test_a_long_table_repeats_its_heads_and_the_pages_count_themselves() -> None:
    rows = tuple((f"Question {n}", "because nobody has asked it yet") for n in range(120))
    reader, text = _words(replace(SHEET, sections=(Section("Questions", (Table(("Ask", "Why so"), rows),)),)))
    pages = [page.extract_text() for page in reader.pages]
    assert len(pages) > 2
    assert all("Why so" in page for page in pages)
    assert [f"{n} / {len(pages)}" in page for n, page in enumerate(pages, 1)] == [True] * len(pages)
    assert all(f"Question {n} " in text for n in range(120))


def test_a_sheet_a_little_too_long_for_a_page_is_set_smaller_and_a_longer_one_is_not() -> None:
    def pages(n: int) -> int:
        pairs = Pairs(tuple((f"Question {i}", "an answer in a few words") for i in range(n)))
        return len(PdfReader(BytesIO(pdf(replace(SHEET, sections=(Section("Answers", (pairs,)),))))).pages)

    assert [pages(20), pages(50), pages(60)] == [1, 1, 2]


def test_the_same_sheet_is_the_same_file_to_the_byte() -> None:
    assert pdf(SHEET) == pdf(SHEET) != pdf(CHINESE)
    assert card_png(CARD) == card_png(CARD)
    fresh = "from tests.content.test_document_pages import *; print(sha256(pdf(SHEET)+card_png(CARD)).hexdigest())"
    told = subprocess.run([sys.executable, "-c", fresh], cwd=ROOT, capture_output=True, text=True, check=True)
    assert told.stdout.strip() == sha256(pdf(SHEET) + card_png(CARD)).hexdigest()


def test_chinese_is_drawn_with_characters_and_not_with_boxes() -> None:
    reader, text = _words(CHINESE)
    assert "电网调度员说不准明天有多少风电" in text
    assert "问过谁 还没写" in text
    objects = [reader.get_object(n) for n in range(1, int(str(reader.trailer["/Size"])))]
    fonts = {str(one["/BaseFont"]) for one in objects if isinstance(one, DictionaryObject) and "/BaseFont" in one}
    assert {name.split("+")[1].split("-")[0] for name in fonts} == {"NotoSansCJKsc"}
    one, other = (_pixels(replace(CARD, title=words, lang="zh-CN")) for words in ("风", "电"))
    assert (one != other).any(), "two boxes would look alike"


def test_what_no_font_has_is_refused_and_the_refusal_quotes_nobody() -> None:
    assert can_draw("plain 中文 العربية עברית Ελλάς 👩‍💻 ❤️ ½ → “”")
    assert can_draw(CARD)
    assert can_draw(SHEET)
    assert can_draw("")
    for words in ("ไทย", "क्षि", "\ue000"):
        assert not can_draw(words)
        assert not can_draw(replace(CARD, rows=(("Row", f"ok {words}"),)))
        for draw in (lambda: pdf(replace(SHEET, lead=words)), lambda: card_png(replace(CARD, title=words))):  # noqa: B023
            with pytest.raises(CannotDraw) as refused:
                draw()
            assert words not in str(refused.value)
            assert refused.value.__cause__ is None


@pytest.mark.parametrize("words", ["W" * 3_000, "我们" * 1_500, FAMILY * 400, "wind and sun " * 300,
    "مرحبا بالعالم " * 200, "e\u0301" * 2_000, EVIL * 30, "internationalization" * 3, "、。，" * 500])  # fmt: skip
def test_words_that_do_not_fit_are_shortened_and_never_spill(words: str) -> None:
    dots = tuple(Dot(words, n % 2 == 0) for n in range(9))
    for card in (
        Card(words, words, ((words, words),) * 4, words, dots, words, "en", "not yet"),
        replace(CARD, rows=((words, words), ("Short", "short"))),
        replace(CARD, rows=(), dots=(), foot="", title=words, lang="zh-CN"),
    ):
        assert _stays_inside(_pixels(card))


def test_the_cut_is_never_inside_an_emoji_of_several_signs() -> None:
    """A family cut in its middle would show the half of it: another picture, or two."""
    pixels = _pixels(replace(CARD, rows=(("Families", FAMILY * 400),), badge="", dots=(), foot="", title="", kicker=""))
    left = EDGE + 196 + 24
    inked: NDArray[np.bool_] = np.min(pixels[:, left : WIDTH - EDGE], axis=2) < 240
    rows = [y for y in range(60, HEIGHT) if np.any(inked[y])]
    lines = np.split(np.array(rows), np.flatnonzero(np.diff(rows) > 1) + 1)
    pictures: list[Pixels] = []
    for line in (line for line in lines if len(line) > 20):
        columns = np.flatnonzero(np.any(inked[line[0] : line[-1] + 1], axis=0))
        for run in np.split(columns, np.flatnonzero(np.diff(columns) > 1) + 1):
            box = pixels[line[0] : line[-1] + 1, left + run[0] : left + run[-1] + 1]
            if len(run) > 20:
                pictures.append(np.asarray(Image.fromarray(box).resize((16, 16))))
    assert len(pictures) > 20
    differences = [float(np.abs(one.astype(int) - pictures[0].astype(int)).mean()) for one in pictures]
    assert max(differences) < 20, differences


def test_dots_are_filled_where_a_part_is_thought_through() -> None:
    green = tuple(bytes.fromhex(GREEN[1:]))
    pixels = _pixels(CARD)
    band = pixels[_band(pixels) :]
    full = (band == green).all(axis=2).any(axis=0)
    runs = np.split(np.flatnonzero(full), np.flatnonzero(np.diff(np.flatnonzero(full)) > 1) + 1)
    assert len([run for run in runs if len(run) > 15]) == 3
    none = _pixels(replace(CARD, dots=tuple(replace(dot, filled=False) for dot in CARD.dots)))
    assert not (none[_band(none) :] == green).all(axis=2).any()


def test_a_card_with_nothing_on_it_yet_is_still_a_card() -> None:
    empty = Card("", "", (("Problem", ""), ("Idea", "")), "", (), "", "zh-CN", "还没写")
    pixels = _pixels(empty)
    assert _stays_inside(pixels)
    assert len(set(Image.fromarray(pixels).resize((400, 210)).tobytes()[::3])) > 20, "it says 还没写"


def test_the_card_is_told_in_words_to_who_does_not_see_it() -> None:
    told = card_alt(CARD)
    assert (
        told
        == """\
Project sheet
Grid operators cannot tell how much wind and sun tomorrow brings
2 of 3 ideas with evidence
Problem: Gas plants run all night because tomorrow’s supply is a guess
Idea: Forecast each park from weather maps
ML metric: Mean error: 18 % → 10 %
Business metric: not yet
Data ✓, People ✓, Time ✓, Integrations not yet, Other teams not yet
From a worksheet by steppingstone"""
    )
    long = card_alt(replace(CARD, title=FAMILY * 900))
    assert len(long) <= ALT_MOST
    assert long.endswith(FAMILY + "…")
    assert card_alt(replace(CARD, dots=tuple(Dot("", n < 6) for n in range(9)))).splitlines()[-2] == "6/9"


async def test_many_members_may_draw_at_once() -> None:
    cards = [replace(CARD, title=f"Card {n}") for n in range(6)]
    drawn = await asyncio.gather(*(asyncio.to_thread(card_png, card) for card in cards))
    assert drawn == [card_png(card) for card in cards]


def test_an_operator_without_the_fonts_is_told_their_packages_and_no_box_is_ever_drawn(tmp_path: Path) -> None:
    only = tmp_path / "fonts.conf"
    folder = tmp_path / "fonts"
    folder.mkdir()
    only.write_text(f"<fontconfig><dir>{folder}</dir></fontconfig>", encoding="utf-8")
    ask = "print(fonts_missing(), can_draw('plain'), can_draw('中文'), can_draw('👩'), sep='\\n')"

    def asked(more: str = "") -> list[str]:
        environment = {**os.environ, "FONTCONFIG_FILE": str(only)}
        code = f"from content.document_pages import *; {ask}; {more}"
        done = subprocess.run(
            [sys.executable, "-c", code], cwd=ROOT, env=environment, capture_output=True, text=True, check=True
        )
        return done.stdout.splitlines()

    everything = "('fonts-noto-cjk', 'fonts-dejavu-core', 'fonts-noto-color-emoji')"
    assert asked() == [everything, "False", "False", "False"]
    (folder / "one.ttf").symlink_to("/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf")
    *told, note = asked("from bot.checking import fonts_note; print(fonts_note())")
    assert told == ["('fonts-noto-cjk', 'fonts-noto-color-emoji')", "True", "False", "False"]
    assert note.endswith("apt-get install fonts-noto-cjk fonts-noto-color-emoji")
