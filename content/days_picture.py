"""The last 28 days as dots: how often somebody showed up, at a glance. No words in it, so no fonts; `days_alt` says it.

matplotlib costs a second and some forty megabytes when it is first imported, so that waits for the first picture.
"""

# pyright: reportUnknownMemberType=false
# (matplotlib is only partly typed)

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from io import BytesIO
from threading import Lock

from chat.errors import LimitError
from content.say import Say

COLUMNS, ROWS = 7, 4
WIDTH, HEIGHT = 560, 320  # pixels
GREEN = "#2f5d50"
_DPI = 80
_SPACING, _RADIUS = 72.0, 24.0  # pixels
_LIGHT, _DARK = ("#ffffff", GREEN, "#e4ece9"), ("#1d2422", "#7fb8a4", "#323d3a")  # ground, filled, open
_drawing = Lock()  # matplotlib is not made for several threads


def days_picture(days: Sequence[bool], *, dark: bool = False) -> bytes:
    """A PNG of 560 x 320 pixels with 28 dots in rows of seven, filled where `days` says so, in the order given. Slow
    (tens of milliseconds, the first time seconds): call it in a thread. Raises LimitError unless there are 28."""
    if len(days) != COLUMNS * ROWS:
        raise LimitError(f"a picture of days has {COLUMNS * ROWS} of them, got {len(days)}")
    with _drawing:
        return _drawn(tuple(map(bool, days)), dark)


def days_alt(say: Say, n: int) -> str:
    """What the picture shows, in words."""
    return say("Days shown up: {n} of the last 28", n=n)


@lru_cache(maxsize=64)  # filled first, there are 29 different ones
def _drawn(days: tuple[bool, ...], dark: bool) -> bytes:
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.collections import EllipseCollection
    from matplotlib.figure import Figure

    ground, filled, open_ = _DARK if dark else _LIGHT
    figure = Figure(figsize=(WIDTH / _DPI, HEIGHT / _DPI), dpi=_DPI, facecolor=ground)
    axes = figure.add_axes((0, 0, 1, 1), xlim=(0, WIDTH), ylim=(HEIGHT, 0))
    axes.set_axis_off()
    left, top = (WIDTH - (COLUMNS - 1) * _SPACING) / 2, (HEIGHT - (ROWS - 1) * _SPACING) / 2
    places = [(left + n % COLUMNS * _SPACING, top + n // COLUMNS * _SPACING) for n in range(len(days))]
    size = [2 * _RADIUS] * len(days)
    colours = [filled if day else open_ for day in days]
    dots = EllipseCollection(
        size, size, [0] * len(days), units="xy", offsets=places, transOffset=axes.transData, facecolors=colours
    )
    axes.add_collection(dots)
    out = BytesIO()
    FigureCanvasAgg(figure).print_png(out, metadata={"Software": None})
    return out.getvalue()
