"""/role org: the two kinds of AI teams, what each gives its firm, and which roles one meets there."""

from __future__ import annotations

from dataclasses import dataclass

from chat.action import Action
from chat.markup import escape
from chat.message import Button, Choice, Message, Note, Part, Picker, Row, Text
from chat.platform import Edit, Reply
from commands._call import Call
from commands._registry import answers
from content.library import Library
from content.say import Say
from content.ways import CardShown, RoleShown


@dataclass(frozen=True)
class OrgShown(Action, name="role-org"):
    """Turn this message to the kinds of teams."""


async def org(call: Call, words: str) -> Reply:
    """Both kinds in one message."""
    return org_card(call.say, call.library)


@answers(OrgShown)
async def show_org(call: Call, shown: OrgShown) -> Reply:
    """The same by button."""
    return Edit(org_card(call.say, call.library))


def org_card(say: Say, library: Library) -> Message:
    """Each kind with its thought and its roles; a role may be at home in both."""
    lang = say.lang
    parts: list[Part] = []
    buttons: list[Button] = []
    for card in library.cards.values():
        if card.kind != "organisation":
            continue
        roles = [role.name.get(lang) for role in library.roles.values() if card.id in role.organisation]
        meet = say("Often met there: {roles}", roles=say.join(roles))
        lines = [f"**{escape(card.title.get(lang))}**", escape(card.body.get(lang))]
        lines += [f"• {escape(point.get(lang))}" for point in card.points]
        parts += [Text("\n".join(lines)), Note(meet)]
        buttons.append(Button(card.short.get(lang), CardShown(card.id)))
    choices = tuple(Choice(role.name.get(lang), RoleShown(role.id)) for role in library.roles.values())
    parts += [
        Note(say("Titles differ from firm to firm. Look at the tasks.")),
        Picker(say("Open a role"), choices),
        *((Row(tuple(buttons[:5])),) if buttons else ()),
    ]
    return Message(say("Two kinds of AI teams"), tuple(parts))
