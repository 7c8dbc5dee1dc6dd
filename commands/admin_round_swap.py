"""/admin round: two members change places, with the price shown first and every hard rule looked at once more."""

from __future__ import annotations

from chat.errors import Tellable
from chat.form import Answers
from chat.markup import escape
from chat.message import Message
from chat.platform import Edit, Reply
from commands._call import Call
from commands._owners import owners_only
from commands._registry import answers
from commands._rounds import Waits, plan_of, preview_of, unchanged, waits
from content import round_swap_cards as cards
from content.round_cards import NAME, Who, preview_card
from content.round_ways import RoundSwapped, RoundSwapTried, RoundSwapTyped, RoundSwapTyping, RoundSwapWith
from matching.rounds import Round as Planned
from matching.swap import Refused, Swapped
from store import Conflict
from store.round_plan import exchanged, regrouped


@answers(RoundSwapWith)
async def ask(call: Call, pressed: RoundSwapWith) -> Reply:
    """With whom?"""
    owners_only(call)
    with unchanged(call.say):
        async with call.store.begin() as tx:
            found = await waits(tx, call, pressed.programme)
        one = _member(found, pressed.one, pressed.version)
    return Edit(cards.swap_with_card(call.say, preview_of(call, found, await plan_of(found), pressed.page), one))


@answers(RoundSwapTyping)
async def type_(call: Call, pressed: RoundSwapTyping) -> Reply:
    """Two names by form, for a large round."""
    owners_only(call)
    return cards.names_form(call.say, pressed.programme, pressed.version)


@answers(RoundSwapTyped)
async def typed(call: Call, given: RoundSwapTyped, names: Answers) -> Reply:
    """As chosen from the lists."""
    owners_only(call)
    with unchanged(call.say):
        async with call.store.begin() as tx:
            found = await waits(tx, call, given.programme)
    one, other = (_called(call, found, names.text(key)) for key in ("one", "other"))
    return await _tried(call, found, one, other)


@answers(RoundSwapTried)
async def try_(call: Call, pressed: RoundSwapTried) -> Reply:
    """What it would change; nothing is done yet."""
    owners_only(call)
    with unchanged(call.say):
        async with call.store.begin() as tx:
            found = await waits(tx, call, pressed.programme)
        one, other = (_member(found, mark, pressed.version) for mark in (pressed.one, pressed.other))
    return Edit(await _tried(call, found, one, other))


@answers(RoundSwapped)
async def swap(call: Call, pressed: RoundSwapped) -> Reply:
    """Done, if it is still possible now: somebody may have left, or blocked somebody, since it was shown."""
    owners_only(call)
    with unchanged(call.say):
        async with call.store.begin() as tx:
            found = await waits(tx, call, pressed.programme)
        one, other = (_member(found, mark, pressed.version) for mark in (pressed.one, pressed.other))
        done = _exchange(call, found, await plan_of(found), one, other)
        if isinstance(done, Refused):
            return Edit(cards.swap_refused_card(call.say, found.this.programme, one, other))
        left = [out.member for out in done.round.left]
        groups = regrouped(found.pool, found.groups, done.round)
        async with call.store.begin() as tx:
            now_is = await waits(tx, call, pressed.programme, pressed.version)
            if not now_is.same(found):
                raise Conflict("somebody left, or blocked somebody, meanwhile: read it again")
            await tx.rounds.place(found.this, groups, found.persons(left))
            figures = {"repeats": done.round.repeats, "mean_fit": done.round.score // max(1, len(groups))}
            report = {**found.this.report, **figures}
            await tx.rounds.advance(found.this, "matched", "matched", next_at=found.this.next_at, report=report)
            after = await waits(tx, call, pressed.programme)
    return Edit(preview_card(call.say, preview_of(call, after, await plan_of(after), 1)))


async def _tried(call: Call, found: Waits, one: Who, other: Who) -> Message:
    planned, this = await plan_of(found), found.this
    done = _exchange(call, found, planned, one, other)
    if isinstance(done, Refused):
        return cards.swap_refused_card(call.say, this.programme, one, other)
    out = {left.member for left in planned.left}
    return cards.tried_card(
        call.say, this.programme, this.version, one, other,
        score=done.score, cost=done.cost, repeats=done.round.repeats - planned.repeats,
        left=bool(out & {one.id, other.id}),
    )  # fmt: skip


def _exchange(call: Call, found: Waits, planned: Planned, one: Who, other: Who) -> Swapped | Refused:
    try:
        return exchanged(found.pool, planned, one.id, other.id)
    except ValueError as error:
        told = call.say("These two stand in the same place: choose members of two groups.")
        raise Tellable(told) from error


def _member(found: Waits, mark: str, version: int) -> Who:
    """Whom a button means. Raises Conflict when the round is another one than its reader saw, or they take part no
    more."""
    who = found.tagged(mark)
    if who is None or found.this.version != version:
        raise Conflict("this round took another step meanwhile: read it again")
    return who


def _called(call: Call, found: Waits, name: str) -> Who:
    those = found.called(name)
    if len(those) == 1:
        return those[0]
    shown = escape(name[:NAME])
    if those:
        raise Tellable(call.say("There are several called {name} in this round: choose from the list.", name=shown))
    raise Tellable(call.say("Nobody in this round is called {name}.", name=shown))
