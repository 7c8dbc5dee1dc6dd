"""/admin round: an owner looks at a matched round before members do, lets it go out, holds it, reads its report."""

from __future__ import annotations

from typing import Annotated

from chat.message import Message
from chat.platform import Edit, Reply
from commands import _rounds as rounds
from commands._call import Call
from commands._owners import owners_only
from commands._registry import Option, _, answers, command
from commands._rounds import Waits, plan_of, preview_of, unchanged, waits
from commands.admin_round_report import report_of
from content import round_cards as cards
from content.round_ways import RoundApproved, RoundHeld, RoundNotices, RoundShown
from store import Tx
from store.owners import looks_after, set_notices
from store.programmes import HOLD

WHAT = (("preview", _("the round that waits")), ("report", _("figures of the last rounds")))
_REPORT, _PREVIEW = frozenset({"report", "报告"}), frozenset({"preview", "预览"})


async def _named(call: Call, partial: str) -> list[tuple[str, str]]:
    if not call.profile.owner:
        return []
    async with call.store.begin() as tx:
        names = await rounds.programmes(tx, call, talks=True)
    labelled = [(name, rounds.words.programme_name(call.say, name, call.place.id)) for name in names]
    return [(name, label) for name, label in labelled if partial.casefold() in label.casefold()]


@command("admin round", _("Owners: look at a matched round before it goes out, swap, or read the report"), owner=True)
async def round_(
    call: Call,
    what: Annotated[str, Option(_("the round that waits, or the report"), choices=WHAT)] = "",
    programme: Annotated[str, Option(_("which programme"), complete=_named)] = "",
) -> Reply:
    """Preview or report, of this channel's programme where none is named."""
    word = what.strip().casefold()
    report = word in _REPORT
    typed = programme if report or word in _PREVIEW else f"{what} {programme}".strip()
    async with call.store.begin() as tx:
        await looks_after(tx, call.person, call.now)
        names = await rounds.programmes(tx, call, talks=report)
        name = rounds.meant(call, names, typed)
        if name is None and names:
            return cards.which_programme_card(call.say, names, call.place.id, report=report)
        if name is None:
            return cards.no_round_card(call.say, "circles")
        if report:
            return await report_of(tx, call, name)
        found = await page_of(tx, call, name)
    return await _shown(call, found, 1)


@answers(RoundShown)
async def show(call: Call, pressed: RoundShown) -> Reply:
    """A page of it."""
    owners_only(call)
    async with call.store.begin() as tx:
        found = await page_of(tx, call, pressed.programme)
    return Edit(await _shown(call, found, pressed.page))


@answers(RoundApproved)
async def approve(call: Call, pressed: RoundApproved) -> Reply:
    """It goes out at once; the clock does the rest."""
    owners_only(call)
    with unchanged(call.say):
        async with call.store.begin() as tx:
            this = (await waits(tx, call, pressed.programme, pressed.version)).this
            await tx.rounds.advance(this, "matched", "approved", next_at=call.now)
    return Edit(cards.approved_card(call.say, this.programme, this.number))


@answers(RoundHeld)
async def hold(call: Call, pressed: RoundHeld) -> Reply:
    """Two more days, counted from when it would have gone out."""
    owners_only(call)
    with unchanged(call.say):
        async with call.store.begin() as tx:
            found = await waits(tx, call, pressed.programme, pressed.version)
            this = await tx.rounds.hold_back(found.this, HOLD)
            zone = rounds.clock(call.member, found.pool.programme)
    goes_at = this.next_at or this.introduces_at
    return Edit(cards.held_card(call.say, this.programme, this.number, goes_at, zone))


@answers(RoundNotices)
async def notices(call: Call, pressed: RoundNotices) -> Reply:
    """Whether this owner hears of rounds."""
    owners_only(call)
    async with call.store.begin() as tx:
        await set_notices(tx, call.person, call.now, wanted=pressed.wanted)
    return cards.notices_card(call.say, told=pressed.wanted)


async def _shown(call: Call, found: Waits | Message, page: int) -> Message:
    """A page of the round, reckoned in no transaction."""
    if not isinstance(found, Waits):
        return found
    return cards.preview_card(call.say, preview_of(call, found, await plan_of(found), page))


async def page_of(tx: Tx, call: Call, programme: str) -> Waits | Message:
    """The matched round, or how far the newest one is."""
    this, settings = await rounds.newest(tx, call, programme), await tx.programmes.get(call.person.space, programme)
    if this is None or settings is None:
        return cards.no_round_card(call.say, programme)
    if this.state in {"planned", "opened"}:
        part = await tx.participants.in_(this.space, programme, call.now.date())
        return cards.not_matched_card(
            call.say, programme, this.number, len(part), this.matches_at, rounds.clock(call.member, settings)
        )
    if this.state != "matched":
        return cards.out_card(call.say, programme, this.number)
    with unchanged(call.say):
        return await waits(tx, call, programme)
