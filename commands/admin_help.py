"""/admin help: an owner says which help lines and whom members find behind "I need more than peers"."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from chat.errors import Tellable
from chat.form import Answers
from chat.platform import Reply
from commands._call import Call
from commands._circles import gently, programme
from commands._notes import line, lines
from commands._registry import _, answers, command
from content import circle_forms as forms
from content.circle_help import circle_help_kept_card
from content.circle_ways import HelpGiven
from store.round_pool import CIRCLES


@command("admin help", _("Owners: help lines and a contact for members who need more than peers"), owner=True)
async def help_lines(call: Call) -> Reply:
    """The form, with what is set."""
    async with call.store.begin() as tx:
        found = await tx.programmes.get(call.person.space, CIRCLES)
    kept: Mapping[str, Any] = found.settings.get("help", {}) if found else {}
    return forms.help_form(call.say, str(kept.get("lines", "")), str(kept.get("contact", "")))


@answers(HelpGiven)
async def keep(call: Call, given: HelpGiven, typed: Answers) -> Reply:
    """As members see it from now on."""
    if not call.profile.owner:
        raise Tellable(call.say("This one is for those who look after this community."))
    kept = {"lines": lines(typed, "lines", forms.LINES), "contact": line(typed, "contact", forms.CONTACT)}
    with gently(call.say):
        async with call.store.begin() as tx:
            found = await programme(tx, call)
            await tx.programmes.save(replace(found, settings={**found.settings, "help": kept}), call.now)
    return circle_help_kept_card(call.say, kept)
