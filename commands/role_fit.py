"""/role fit: tick the tools you know; see which of them a role names, and the smallest next one. No percentage."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from chat.action import Action
from chat.errors import Mistakes
from chat.form import Answers, Choose, Form
from chat.markup import escape
from chat.message import PICKER_OPTIONS, Button, Facts, Message, Note, Part, Row, Text
from chat.platform import Reply
from commands._call import Call
from commands._registry import answers
from content.find import exact_role
from content.library import Library
from content.roles import Role
from content.say import Say
from content.ways import RoleShown


@dataclass(frozen=True)
class FitAsked(Action, name="role-fit"):
    """Open the form for this role; "" lets the member choose."""

    role: str


@dataclass(frozen=True)
class FitAnswered(Action, name="role-fit-answered"):
    """The form came back."""


async def fit(call: Call, words: str) -> Reply:
    """The form, with the named role or the member's own chosen already."""
    named = exact_role(call.library, words)
    return fit_form(call.say, call.library, named.id if named else call.member.role or "")


@answers(FitAsked)
async def ask_fit(call: Call, asked: FitAsked) -> Reply:
    """The same by button."""
    return fit_form(call.say, call.library, asked.role)


@answers(FitAnswered)
async def judge_fit(call: Call, then: FitAnswered, given: Answers) -> Reply:
    """What the role names of the ticked tools, what else, and which of those to begin with. Nothing is stored."""
    chosen = given.chosen("role")
    role = call.library.roles.get(chosen[0]) if chosen else None
    if role is None:
        again = fit_form(call.say, call.library, "")
        raise Mistakes({"role": call.say("Please choose a role.")}, again)
    names = dict(enumerate(_all_tools(call.library)))
    known = [names[int(n)] for n in given.chosen("tools") if n.isdecimal() and int(n) in names]
    return fit_card(call.say, call.library, role, known)


def fit_form(say: Say, library: Library, role: str) -> Form:
    """Two questions: the role, chosen already where `role` is one we know, and the tools one knows."""
    lang = say.lang
    roles = tuple((r.id, r.name.get(lang)) for r in library.roles.values())
    tools = tuple((str(n), tool) for n, tool in enumerate(_all_tools(library)))[:PICKER_OPTIONS]
    return Form(
        say("Tools and a role"),
        (
            Choose("role", say("Which role?"), roles[:PICKER_OPTIONS], chosen=(role,) if role in library.roles else ()),
            Choose("tools", say("Which of these do you know a little?"), tools, required=False, many=True),
        ),
        FitAnswered(),
        say("Look"),
    )


def fit_card(say: Say, library: Library, role: Role, known: Sequence[str]) -> Message:
    """Known and named, named besides, and the smallest next one; nothing is counted."""
    lang = say.lang
    have = [tool for tool in role.tool_names if tool in known]
    open_ = [tool for tool in role.tool_names if tool not in known]
    pairs = [(say("Named for it, and yours already"), say.join(have))] if have else []
    pairs += [(say("Named for it besides"), say.join(open_))] if open_ else []
    parts: list[Part] = [Facts(tuple(pairs))] if pairs else []
    if open_:
        tool = smallest_next(library, open_)
        use = next(tools.use.get(lang) for tools in role.tools if tool in tools.items)
        parts.append(Text(say("The smallest next one: **{tool}** ({use}).", tool=escape(tool), use=escape(use))))
        parts.append(Note(say("Ten seconds of it: open its start page and read one line.")))
    else:
        parts.append(Text(say("Every tool the source names for this role is yours already.")))
    parts += [
        Note(role.caveat.get(lang)),
        Row((Button(role.short.get(lang), RoleShown(role.id)), Button(say("Tick again"), FitAsked(role.id)))),
    ]
    return Message(role.name.get(lang), tuple(parts))


def smallest_next(library: Library, open_: Sequence[str]) -> str:
    """The tool that most roles name, so that it is of use wherever the road leads; of equals, the role's first."""
    wide = Counter(tool for role in library.roles.values() for tool in role.tool_names)
    return max(open_, key=lambda tool: wide[tool])


def _all_tools(library: Library) -> list[str]:
    """Every tool any role names, in the alphabet's order, so that a number keeps its meaning while a form is open."""
    return sorted({tool for role in library.roles.values() for tool in role.tool_names}, key=str.casefold)
