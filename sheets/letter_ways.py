"""What the buttons below a sheet's letters mean. `letter` is the delivery the button stands on, by which a platform
finds a message again whose arrival was in doubt."""

from __future__ import annotations

from dataclasses import dataclass

from chat.action import Action


@dataclass(frozen=True)
class SheetNotNow(Action, name="sheet-not-now"):
    """Read, and nothing more of it."""

    sheet: str
    letter: str


@dataclass(frozen=True)
class SheetStays(Action, name="sheet-stays"):
    """Keep this sheet another half year."""

    sheet: str
    letter: str
