"""/role: see what a role does, and choose the one a member is growing into."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated

from chat.action import Action
from chat.errors import Tellable
from chat.markup import escape
from chat.message import Button, Choice, Facts, Message, Note, Picker, Row, Text
from chat.platform import Edit, Reply
from commands._call import Call
from commands._registry import Option, _, answers, command
from content.find import find_role, suggest_roles
from content.library import Library
from content.roles import Role
from content.say import Say


@dataclass(frozen=True)
class RoleShown(Action, name="role-shown"):
    """Show a role's card; "" shows the list."""

    role: str


@dataclass(frozen=True)
class RoleChosen(Action, name="role-chosen"):
    """This is the role I am growing into."""

    role: str


async def role_names(call: Call, partial: str) -> Sequence[tuple[str, str]]:
    """Suggestions while typing: the six roles, best match first."""
    lang, roles = call.say.lang, call.library.roles
    return [(role_id, roles[role_id].name.get(lang)) for role_id in suggest_roles(call.library, partial)]


@command("role", _("See what a role does, or choose the one you are growing into"))
async def role(
    call: Call, name: Annotated[str, Option(_("A role or its nickname, such as mle"), complete=role_names)] = ""
) -> Reply:
    """The list of the six roles, or the card of one."""
    if not name.strip():
        return role_list(call.say, call.library, call.member.role)
    if name in call.library.roles:
        return role_card(call.say, call.library, call.library.roles[name], call.member.role)
    found = find_role(call.library, name)
    if found and found[0].exact:
        return role_card(call.say, call.library, call.library.roles[found[0].role], call.member.role)
    guesses = tuple(call.library.roles[guess.role] for guess in found[:3])
    return unknown_role(call.say, call.library, name, guesses)


@answers(RoleShown)
async def show(call: Call, shown: RoleShown) -> Reply:
    """The same message turns to the chosen card, so a browse leaves one message and not six."""
    if not shown.role:
        return Edit(role_list(call.say, call.library, call.member.role))
    return Edit(role_card(call.say, call.library, _known(call, shown.role), call.member.role))


@answers(RoleChosen)
async def choose(call: Call, chosen: RoleChosen) -> Reply:
    """Remembers the role; choosing again simply changes it."""
    chosen_role = _known(call, chosen.role)
    async with call.store.begin() as tx:
        await tx.members.set_role(call.person, chosen_role.id)
    return Edit(role_card(call.say, call.library, chosen_role, chosen_role.id))


def role_list(say: Say, library: Library, own: str | None) -> Message:
    """The six roles in one line each, and a picker to open one."""
    roles = tuple(library.roles.values())
    lines = [f"**{escape(role.name.get(say.lang))}**  {escape(role.summary.get(say.lang))}" for role in roles]
    mine = library.roles.get(own or "")
    growing = (Note(say("You are growing into: {role}", role=mine.name.get(say.lang))),) if mine else ()
    return Message(
        say("Six roles in AI"),
        (
            Text("\n".join(lines)),
            *growing,
            _picker(say, roles),
            Note(say("Titles differ from firm to firm. Look at the tasks.")),
        ),
    )


def role_card(say: Say, library: Library, role: Role, own: str | None) -> Message:
    """What the person does on Monday, with what, and beside whom; the overlap warning always."""
    lang = say.lang
    main = [f"• {escape(task.text.get(lang))}" for task in role.tasks if task.main]
    also = [f"• {escape(task.text.get(lang))}" for task in role.tasks if not task.main]
    facts = [(say("Tools"), say.join(dict.fromkeys(item for tool in role.tools for item in tool.items)))]
    facts += [(say("Skills"), say.join(skill.get(lang) for skill in role.skills))] if role.skills else []
    beside = [library.roles[n].name.get(lang) for n in role.neighbours if n in library.roles]
    facts += [(say("Close to"), say.join(beside))] if beside else []
    choose_button = (
        Note(say("This is the role you are growing into."))
        if own == role.id
        else Row((Button(say("I am growing into this"), RoleChosen(role.id), "primary"), _back(say)))
    )
    return Message(
        role.name.get(lang),
        (
            Text(escape(role.summary.get(lang))),
            Text("\n".join([f"**{say('Main tasks')}**", *main])),
            *((Text("\n".join([f"**{say('Sometimes also')}**", *also])),) if also else ()),
            Facts(tuple(facts)),
            *((Note(role.notes.get(lang)),) if role.notes else ()),
            Note(role.caveat.get(lang)),
            choose_button,
            *((Row((_back(say),)),) if own == role.id else ()),
        ),
    )


def unknown_role(say: Say, library: Library, words: str, guesses: tuple[Role, ...]) -> Message:
    """Says honestly that the word is not among the six, and offers what is near."""
    shown = escape(words.strip()[:60]) or "?"
    return Message(
        "",
        (
            Text(say("“{words}” is not among the six roles I know. These are, and tasks overlap:", words=shown)),
            _picker(say, guesses or tuple(library.roles.values())),
        ),
    )


def _picker(say: Say, roles: tuple[Role, ...]) -> Picker:
    choices = (Choice(role.name.get(say.lang), RoleShown(role.id)) for role in roles)
    return Picker(say("Open a role"), tuple(choices))


def _back(say: Say) -> Button:
    return Button(say("All six roles"), RoleShown(""))


def _known(call: Call, role_id: str) -> Role:
    role = call.library.roles.get(role_id)
    if role is None:
        raise Tellable(call.say("This role is no longer in my list. `/role` shows those I know."))
    return role
