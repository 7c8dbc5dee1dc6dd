"""The picture of 28 days says what it is given: its dots are counted, pixel by pixel."""

from __future__ import annotations

import subprocess
import sys
from io import BytesIO
from random import Random

import pytest
from PIL import Image

from chat.errors import LimitError
from chat.message import PICTURE_BYTES, Picture
from content.days_picture import COLUMNS, HEIGHT, WIDTH, days_alt, days_picture
from content.say import speaker

FILLED, DARK_FILLED = (0x2F, 0x5D, 0x50), (0x7F, 0xB8, 0xA4)
Pixel = tuple[int, int]


def dots(data: bytes, colour: tuple[int, int, int]) -> list[Pixel]:
    """The middle of each patch of a colour, in reading order."""
    picture = Image.open(BytesIO(data)).convert("RGB")
    raw = picture.tobytes()
    left = {(n % WIDTH, n // WIDTH) for n in range(WIDTH * HEIGHT) if tuple(raw[3 * n : 3 * n + 3]) == colour}
    middles: list[Pixel] = []
    while left:
        patch, edge = set[Pixel](), {left.pop()}
        while edge:
            patch |= edge
            edge = {(x + dx, y + dy) for x, y in edge for dx, dy in ((1, 0), (-1, 0), (0, 1), (0, -1))} & left
            left -= edge
        xs, ys = [x for x, _ in patch], [y for _, y in patch]
        assert 40 <= max(xs) - min(xs) <= 60, "a dot is neither a speck nor a stripe"
        middles.append((round((min(xs) + max(xs)) / 2), round((min(ys) + max(ys)) / 2)))
    rows = sorted({y for _, y in middles})
    return sorted(middles, key=lambda middle: (rows.index(middle[1]), middle[0]))


def cells(middles: list[Pixel]) -> list[int]:
    """Which of the 28 places they take."""
    whole = dots(days_picture([True] * 28), FILLED)
    return [whole.index(middle) for middle in middles]


def test_all_28_stand_in_four_rows_of_seven() -> None:
    whole = dots(days_picture([True] * 28), FILLED)
    assert len(whole) == 28
    assert [len([x for x, y in whole if y == row]) for row in sorted({y for _, y in whole})] == [COLUMNS] * 4


@pytest.mark.parametrize("n", [0, 1, 7, 13, 27])
def test_as_many_dots_are_filled_as_days_are_given(n: int) -> None:
    picture = days_picture([True] * n + [False] * (28 - n))
    assert cells(dots(picture, FILLED)) == list(range(n))


@pytest.mark.parametrize("dark", [False, True])
def test_the_order_is_kept(dark: bool) -> None:
    chosen = Random(28)
    for _ in range(3):
        days = [chosen.random() < 0.5 for _ in range(28)]
        picture = days_picture(days, dark=dark)
        assert cells(dots(picture, DARK_FILLED if dark else FILLED)) == [n for n, day in enumerate(days) if day]


@pytest.mark.parametrize("dark", [False, True])
def test_it_is_a_small_png_that_a_message_takes(dark: bool) -> None:
    data = days_picture([True, False] * 14, dark=dark)
    with Image.open(BytesIO(data)) as picture:
        assert (picture.format, picture.size) == ("PNG", (560, 320))
    assert len(data) < PICTURE_BYTES / 50
    assert Picture(data, days_alt(speaker("en"), 14)).data == data
    assert days_picture([True, False] * 14, dark=dark) == data, "the same days are the same bytes"


def test_other_than_28_days_are_refused() -> None:
    for days in ([], [True] * 27, [False] * 29):
        with pytest.raises(LimitError, match="28"):
            days_picture(days)


def test_the_words_count_and_know_both_languages() -> None:
    assert days_alt(speaker("en"), 11) == "Days shown up: 11 of the last 28"
    assert days_alt(speaker("zh-CN"), 11) == "最近 28 天里有 11 天出现过"


def test_nothing_is_loaded_for_it_at_start_and_no_global_figure_is_made() -> None:
    code = (
        "import sys, bot.app, commands.home\n"
        "assert 'matplotlib' not in sys.modules\n"
        "from content.days_picture import days_picture\n"
        "days_picture([True] * 28)\n"
        "assert 'matplotlib' in sys.modules and 'matplotlib.pyplot' not in sys.modules\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True, timeout=120)
