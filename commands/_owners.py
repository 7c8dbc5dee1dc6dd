"""What is for those who look after a community alone: a button is no authority, whoever it was shown to."""

from __future__ import annotations

from chat.errors import Tellable
from commands._call import Call


def owners_only(call: Call) -> None:
    """Raises Tellable for everybody else."""
    if not call.profile.owner:
        raise Tellable(call.say("This one is for those who look after this community."))
