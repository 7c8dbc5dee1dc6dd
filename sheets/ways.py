"""What the buttons and forms of sheets mean: cards and letters carry them, commands answer them.

Each carries a sheet's id and no authority: whoever answers checks that the one who pressed owns it. A `part` is
named "step.part". `item`: the id of the line an `each` part is filled in for, 0 for none.
"""

from __future__ import annotations

from dataclasses import dataclass

from chat.action import Action


@dataclass(frozen=True)
class SheetOpened(Action, name="sheet"):
    """Show the whole sheet; `here`: in this message's place."""

    sheet: str
    here: bool = False


@dataclass(frozen=True)
class SheetStep(Action, name="sh-step"):
    """Turn this message to one step."""

    sheet: str
    step: str


@dataclass(frozen=True)
class SheetItems(Action, name="sh-items"):
    """Turn this message to the lines an `each` part goes through, so many pages on."""

    sheet: str
    part: str
    page: int = 0


@dataclass(frozen=True)
class SheetStill(Action, name="sh-still"):
    """This step was looked at again and holds as it is."""

    sheet: str
    step: str


@dataclass(frozen=True)
class SheetPart(Action, name="sh-part"):
    """Open the form of one part."""

    sheet: str
    part: str
    item: int = 0


@dataclass(frozen=True)
class SheetFilled(Action, name="sh-filled"):
    """The form came back. `stood`: a mark of what stood there when the form was opened."""

    sheet: str
    part: str
    item: int
    stood: str


@dataclass(frozen=True)
class SheetMine(Action, name="sh-mine"):
    """What I typed counts, not what was saved in another window meanwhile: that which I read, marked by `stood`."""

    sheet: str
    part: str
    item: int
    stood: str


@dataclass(frozen=True)
class SheetTheirs(Action, name="sh-theirs"):
    """What was saved meanwhile counts, not what I typed."""

    sheet: str
    part: str
    item: int


@dataclass(frozen=True)
class SheetTapped(Action, name="sh-tapped"):
    """My answer to one question of a part of taps; `field` as "step.field"."""

    sheet: str
    field: str
    value: str


@dataclass(frozen=True)
class SheetTaps(Action, name="sh-taps"):
    """Ask a part's questions one after the other, this one next."""

    sheet: str
    part: str
    at: int = 0


@dataclass(frozen=True)
class SheetQuick(Action, name="sh-quick"):
    """My answer about one line, by a button beside it; `page`: where in the list it stands."""

    sheet: str
    part: str
    item: int
    value: str
    page: int


@dataclass(frozen=True)
class SheetKept(Action, name="sh-kept"):
    """This advice was read: it stays as it is, or, `later`, for now: the step shows it again."""

    sheet: str
    step: str
    key: str
    later: bool = False


@dataclass(frozen=True)
class SheetBackOffered(Action, name="sheet-back"):
    """Which step to go back to?"""

    sheet: str


@dataclass(frozen=True)
class SheetBackAsked(Action, name="sheet-back-to"):
    """Ask in a form why I go back to this step; `of`: the one I was looking at."""

    sheet: str
    to: str
    of: str = ""


@dataclass(frozen=True)
class SheetBack(Action, name="sheet-back-why"):
    """The reason came back."""

    sheet: str
    to: str
    of: str = ""


@dataclass(frozen=True)
class SheetMore(Action, name="sheet-more"):
    """What else can be done with a sheet."""

    sheet: str


@dataclass(frozen=True)
class SheetLang(Action, name="sheet-lang"):
    """The headings in the other language; what was typed stays."""

    sheet: str


@dataclass(frozen=True)
class SheetPutAway(Action, name="sheet-away"):
    """Put away unfinished: it does not count as open any more."""

    sheet: str


@dataclass(frozen=True)
class SheetTakenOut(Action, name="sheet-out"):
    """Out of the drawer again."""

    sheet: str


@dataclass(frozen=True)
class SheetDeleteAsked(Action, name="sheet-delete"):
    """Ask once whether it is meant."""

    sheet: str


@dataclass(frozen=True)
class SheetDeleted(Action, name="sheet-deleted"):
    """For good."""

    sheet: str


@dataclass(frozen=True)
class SheetsListed(Action, name="sheets"):
    """My sheets of a worksheet ("" of all), so many pages on; `away`: those that were put away."""

    worksheet: str
    page: int = 0
    away: bool = False


@dataclass(frozen=True)
class SheetNew(Action, name="sheet-new"):
    """Begin a new one. `source` and `line`: the sheet and how manyth line it hands over stands in it to begin with."""

    worksheet: str
    source: str = ""
    line: int = 0


@dataclass(frozen=True)
class SheetsGathered(Action, name="sh-gather"):
    """Begin this worksheet with what my other sheets give to it, or with the lines of one, `source`."""

    worksheet: str
    source: str = ""


@dataclass(frozen=True)
class SheetExample(Action, name="sheet-example"):
    """A worksheet filled in by somebody invented, step by step; "": its whole card."""

    worksheet: str
    step: str = ""


@dataclass(frozen=True)
class SheetExportAsked(Action, name="sheet-export"):
    """As which kind of file?"""

    sheet: str


@dataclass(frozen=True)
class SheetExported(Action, name="sheet-exported"):
    """Give me the file: "md", "pdf", "png" or "csv"."""

    sheet: str
    kind: str


@dataclass(frozen=True)
class SheetReminded(Action, name="sheet-remind"):
    """Write to me once about this follow of the worksheet."""

    sheet: str
    key: str


@dataclass(frozen=True)
class SheetMoment(Action, name="sheet-moment"):
    """What I say to such a letter, one of its options: kept as a remark of mine on the sheet."""

    sheet: str
    key: str
    said: str


@dataclass(frozen=True)
class SheetImport(Action, name="sheet-import"):
    """Take lines over into a list ("step.field"); "" as `source`: ask from which sheet."""

    sheet: str
    into: str
    source: str = ""
