"""Group messages: Slack keeps one for the same people, whoever opens it and how often."""

# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false, reportUnknownArgumentType=false
# (slack_bolt and slack_sdk are only partly typed; nothing untyped leaves this folder)

from __future__ import annotations

from collections.abc import Generator, Sequence
from contextlib import contextmanager

from bot.slack.upload import Calls
from chat.errors import Rejected, Revoked, Unavailable, Uncertain, Unreachable
from chat.message import PEOPLE
from chat.people import Person, Space
from chat.platform import GATHERINGS, Pace

DIRECT = "D"  # how the id of a conversation with one person begins
PACE = Pace(per_second=42 / 60, burst=5)  # of fifty calls of conversations.open a minute and workspace


def paces(space: Space) -> tuple[tuple[str, Pace], ...]:
    """What an opening counts against: the method has a limit of its own."""
    return ((f"{space.key}{GATHERINGS}", PACE),)


async def gather(api: Calls, people: Sequence[Person]) -> str:
    """The conversation's id. Raises Rejected ("one_person", "two_spaces", "too_many_users", or Slack's own word: for
    who is deactivated or a stranger of Slack Connect, and for a workspace that has not granted mpim:write yet) or
    another DeliveryError, after which the same call may be made again."""
    known = list(dict.fromkeys(people))
    if len(known) < 2:
        raise Rejected("one_person")
    if len({person.space for person in known}) > 1:
        raise Rejected("two_spaces")
    if len(known) > PEOPLE:
        raise Rejected("too_many_users")
    try:
        users = ",".join(person.id for person in known)
        opened = await api.call(known[0].space, "conversations.open", users=users)
    except Unreachable as error:
        raise Rejected(error.reason) from error
    except Uncertain as error:
        raise Unavailable(error.reason) from error
    except Revoked as error:
        if error.reason != "missing_scope":
            raise
        raise Rejected(error.reason) from error  # installed before we asked for it: everything else goes on
    return str(opened["channel"]["id"])


@contextmanager
def of_the_place(place: str | None) -> Generator[None]:
    """A group that cannot be written to says nothing about the person one wrote for."""
    try:
        yield
    except Unreachable as error:
        if place is None or place.startswith(DIRECT):
            raise
        raise Rejected(error.reason) from error
