"""/scope: from a problem to a budget in small steps, and the sheets beside it: choosing, aiming, finding an idea."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

from chat.errors import Tellable
from chat.message import PICKER_OPTIONS
from chat.platform import Reply
from commands._call import Call
from commands._registry import Option, _, command
from commands._sheet_pages import begin_one, example_page, new_or_list, sheets_page, whole_sheet
from commands._sheets import Own, careful, look_at, open_ones
from content.fold import fold
from content.say import speaker
from content.worksheet import Worksheet
from sheets.back_cards import back_step_card
from sheets.naming import title_of
from sheets.sheet import Sheet

SCOPE = "scope"
SEARCHED = 50  # sheets that are looked at for a name


async def own_sheets(call: Call, partial: str) -> Sequence[tuple[str, str]]:
    """Suggestions while typing: one's own sheets by name, the newest first."""
    typed = fold(partial)
    named = [(sheet.id, _name(call, sheet)) for sheet in await _mine(call)]
    return [(id_, name) for id_, name in named if typed in fold(name)][:PICKER_OPTIONS]


@command("scope list", _("Your sheets, and where each of them stands"), bare=True, also=("列表", "我的"))
async def list_(call: Call) -> Reply:
    """All of them, whatever they are of; before the first one what a scope sheet is good for."""
    return await sheets_page(call, "", first=SCOPE)


@command("scope new", _("Begin a scope sheet: is this idea worth your work?"), also=("新建", "开始"))
async def new(call: Call) -> Reply:
    """The first question at once."""
    return await begin_one(call, _worksheet(call, SCOPE))


@command("scope open", _("Open one of your sheets where you left it"), also=("打开",))
async def open_(
    call: Call, sheet: Annotated[str, Option(_("The sheet, or some words of its name"), complete=own_sheets)] = ""
) -> Reply:
    """By its name, or the only one that is open."""
    return await _found(call, sheet, whole_of=True)


@command("scope back", _("Go back to an earlier step; nothing you wrote is lost"), also=("返回", "回退"))
async def back(
    call: Call, sheet: Annotated[str, Option(_("The sheet, or some words of its name"), complete=own_sheets)] = ""
) -> Reply:
    """To which step?"""
    return await _found(call, sheet, whole_of=False)


@command("scope example", _("A complete scope sheet: wind and solar power"), also=("示例", "例子"))
async def example(call: Call) -> Reply:
    """Filled in from the first step to the last."""
    return example_page(call, _worksheet(call, SCOPE))


@command("scope pick", _("Too many ideas? Choose one within a week"), also=("挑选", "选择"))
async def pick(call: Call, words: Annotated[str, Option(_("“new” begins another one"))] = "") -> Reply:
    """The project picker."""
    return await new_or_list(call, _worksheet(call, "pick"), words)


@command("scope aim", _("Plan first or try first? Six taps, with the reasons"), also=("瞄准", "试一试"))
async def aim(call: Call, words: Annotated[str, Option(_("“new” begins another one"))] = "") -> Reply:
    """The ready-fire-aim aid."""
    return await new_or_list(call, _worksheet(call, "aim"), words)


@command("scope ideas", _("Find an idea: three short answers, six beginnings"), also=("点子", "想法"))
async def ideas(call: Call, words: Annotated[str, Option(_("“new” begins another one"))] = "") -> Reply:
    """The idea finder."""
    return await new_or_list(call, _worksheet(call, "ideas"), words)


def _worksheet(call: Call, slug: str) -> Worksheet:
    """Raises Tellable where the pack has none."""
    if (found := call.library.worksheets.get(slug)) is None:
        raise Tellable(call.say("I have no such worksheet any more."))
    return found


async def _found(call: Call, words: str, *, whole_of: bool) -> Reply:
    """The sheet meant, whole or at the question where to go back to; the list where that is not clear."""
    sheets = await _mine(call)
    if words.strip():
        typed = fold(words)
        meant = [one for one in sheets if one.id == words.strip()] or [
            one for one in sheets if typed in fold(_name(call, one))
        ]
    else:
        waiting = open_ones(sheets)
        meant = waiting if whole_of else [one for one in waiting if one.worksheet == SCOPE][:1]
    if len(meant) != 1:
        return await sheets_page(call, "", first="" if words.strip() else SCOPE)
    own = await _read(call, meant[0].id)
    return whole_sheet(own) if whole_of else back_step_card(own.say, own.worksheet, own.sheet)


async def _mine(call: Call) -> Sequence[Sheet]:
    with careful(call.say):
        async with call.store.begin() as tx:
            return await tx.sheets.of(call.person, states=("open", "done", "away"), limit=SEARCHED)


async def _read(call: Call, sheet: str) -> Own:
    with careful(call.say):
        async with call.store.begin() as tx:
            return await look_at(tx, call, sheet)


def _name(call: Call, sheet: Sheet) -> str:
    worksheet = call.library.worksheets.get(sheet.worksheet)
    return title_of(speaker(sheet.lang), worksheet, sheet) if worksheet else sheet.worksheet
