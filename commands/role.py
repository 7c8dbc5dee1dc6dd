"""/role: see what a role does, and choose the one a member is growing into."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import permutations
from typing import Annotated

from chat.action import Action
from chat.errors import Tellable
from chat.markup import escape
from chat.message import PICKER_OPTIONS, Button, Choice, Facts, Message, Note, Picker, Row, Text
from chat.platform import Edit, Reply
from commands._call import Call
from commands._registry import Option, _, answers, command
from commands.card import card_of, card_page
from commands.role_compare import BETWEEN, RolesCompared, compare
from commands.role_fit import FitAsked, fit
from commands.role_org import OrgShown, org
from commands.role_quiz import QuizAnswered, quiz
from content.find import exact_role, find_role, find_title, suggest_roles
from content.fold import fold
from content.interview_ways import TalkSought
from content.library import Library
from content.roles import Role
from content.say import Say
from content.ways import OriginShown, RoleShown, StepTried

Aid = Callable[[Call, str], Awaitable[Reply]]
AIDS: Mapping[tuple[str, ...], Aid] = {
    ("compare", "vs", "比较", "对比"): compare,
    ("quiz", "test", "测试", "测验"): quiz,
    ("fit", "tools", "匹配", "工具"): fit,
    ("org", "orgs", "organisation", "organization", "team", "teams", "组织", "团队"): org,
}
PAY = re.compile(r"\b(pay|pays|paid|salary|salaries|earn|earns|money)\b|薪|工资|收入|赚", re.IGNORECASE)


@dataclass(frozen=True)
class RealOneAsked(Action, name="role-ask"):
    """What to ask somebody who does this job."""

    role: str


@dataclass(frozen=True)
class RoleChosen(Action, name="role-chosen"):
    """This is the role I am growing into."""

    role: str


async def role_names(call: Call, partial: str) -> Sequence[tuple[str, str]]:
    """Suggestions while typing: the roles, best match first, then what else `/role` can do."""
    say, roles = call.say, call.library.roles
    asked, pair = read_request(call.library, partial)
    if asked is compare and pair:
        near = suggest_roles(call.library, pair) or tuple(roles)
        order = sorted(
            permutations(roles.values(), 2), key=lambda two: [near.index(r.id) if r.id in near else 99 for r in two]
        )
        pairs = [(f"compare {a.slug} {b.slug}", f"{a.name.get(say.lang)} / {b.name.get(say.lang)}") for a, b in order]
        return pairs[:PICKER_OPTIONS]
    also = [("compare", say("Compare two roles")), ("quiz", say("A few taps to a role")),
            ("fit", say("Which of its tools I know")), ("org", say("Two kinds of AI teams"))]  # fmt: skip
    typed = partial.casefold()
    found = [(role_id, roles[role_id].name.get(say.lang)) for role_id in suggest_roles(call.library, partial)]
    return [*found, *(pair for pair in also if typed in pair[0] or typed in pair[1].casefold())]


@command("role", _("See what a role does, or choose the one you are growing into"))
async def role(
    call: Call,
    name: Annotated[str, Option(_("A role such as mle; or compare, quiz, fit, org"), complete=role_names)] = "",
) -> Reply:
    """The list of roles, the card of one, or one of the four aids; words about none of them are answered honestly."""
    say, library, words = call.say, call.library, name.strip()
    if not library.roles:
        raise Tellable(say("There are no roles in what I know here. `/step` shows what there is."))
    if not words:
        return role_list(say, library, call.member.role)
    if words in library.roles:
        return role_card(say, library, library.roles[words], call.member.role)
    asked, rest = read_request(library, words)
    if asked is not None:
        return await asked(call, rest)
    if (known := exact_role(library, words)) is not None:
        return role_card(say, library, known, call.member.role)
    if find_title(library, words) is not None:
        return unknown_role(say, library, words)
    if PAY.search(words):
        raise Tellable(say("My sources say nothing about pay. Somebody who does the job may tell you more."))
    return unknown_role(say, library, words)


def read_request(library: Library, words: str) -> tuple[Aid | None, str]:
    """The aid that the first word asks for, and what stands after it; (None, words) for anything else. "quiz" is one,
    "quiz master" is a title; only compare and fit take roles."""
    first, _space, rest = words.strip().partition(" ")
    rest = rest.strip()
    aid = next((aid for names, aid in AIDS.items() if fold(first) in names), None)
    if aid is not None and (not rest or aid is compare or (aid is fit and exact_role(library, rest))):
        return aid, rest
    if aid is fit:
        return None, words
    if BETWEEN.search(words):
        return compare, words
    return None, words


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


@answers(RealOneAsked)
async def ask_a_real_one(call: Call, asked: RealOneAsked) -> Reply:
    """The questions for such a talk, and the way back to the role."""
    chosen, say = _known(call, asked.role), call.say
    name = chosen.name.get(say.lang)
    lead = say("I can look for somebody here who is: {role}. You can ask around yourself as well.", role=name)
    also = (Button(name, RoleShown(chosen.id)), Button(say("Find someone who does this"), TalkSought(chosen.id)))
    return Edit(card_page(say, call.library, card_of(call, chosen.ask), lead=lead, also=also))


def role_list(say: Say, library: Library, own: str | None) -> Message:
    """The six roles in one line each, and a picker to open one."""
    roles = tuple(library.roles.values())
    lines = [f"**{escape(role.name.get(say.lang))}**  {escape(role.summary.get(say.lang))}" for role in roles]
    mine = library.roles.get(own or "")
    aids = (
        Button(say("A few taps to a role"), QuizAnswered("")),
        Button(say("Compare two roles"), RolesCompared("", "")),
        Button(say("Which of its tools I know"), FitAsked("")),
        Button(say("Two kinds of AI teams"), OrgShown()),
    )
    growing = (Note(say("You are growing into: {role}", role=mine.name.get(say.lang))),) if mine else ()
    return Message(
        say("The roles I know"),
        (
            Text("\n".join(lines)),
            *growing,
            _picker(say, roles),
            Row(aids if library.quiz else aids[1:]),
            Note(say("Titles differ from firm to firm. Look at the tasks.")),
        ),
    )


def role_card(say: Say, library: Library, role: Role, own: str | None) -> Message:
    """What the person does on Monday, with what, and beside whom; the overlap warning always."""
    lang = say.lang
    main = [f"• {escape(task.text.get(lang))}" for task in role.tasks if task.main]
    also = [f"• {escape(task.text.get(lang))}" for task in role.tasks if not task.main]
    facts = [(say("Tools"), say.join(role.tool_names))]
    facts += [(say("Skills"), say.join(skill.get(lang) for skill in role.skills))] if role.skills else []
    beside = [library.roles[n].name.get(lang) for n in role.neighbours if n in library.roles]
    facts += [(say("Close to"), say.join(beside))] if beside else []
    teams = [library.cards[card].short.get(lang) for card in role.organisation if card in library.cards]
    facts += [(say("Met in"), say.join(teams))] if teams else []
    choose = () if own == role.id else (Button(say("I am growing into this"), RoleChosen(role.id), "primary"),)
    aids = (Button(say("Compare"), RolesCompared(role.id, "")), Button(say("My tools"), FitAsked(role.id)))
    more = [Button(say("Try ten seconds of it"), StepTried(role.try_tiny))] if role.try_tiny else []
    more += [Button(say("Ask a real one"), RealOneAsked(role.id))] if role.ask else []
    more += [Button(say("Find someone who does this"), TalkSought(role.id))]
    more += [Button(say("Where is this from?"), OriginShown(role.id))]
    return Message(
        role.name.get(lang),
        (
            Text(escape(role.summary.get(lang))),
            Text("\n".join([f"**{say('Main tasks')}**", *main])),
            *((Text("\n".join([f"**{say('Sometimes also')}**", *also])),) if also else ()),
            Facts(tuple(facts)),
            *((Note(role.surprise.get(lang)),) if role.surprise else ()),
            *((Note(role.notes.get(lang)),) if role.notes else ()),
            Note(role.caveat.get(lang)),
            *((Note(say("This is the role you are growing into.")),) if own == role.id else ()),
            Row((*choose, *aids, _back(say))),
            Row(tuple(more)),
        ),
    )


def unknown_role(say: Say, library: Library, words: str, then: Callable[[str], Action] = RoleShown) -> Message:
    """Says honestly that the word is not among the six, and offers what is near. `then`: what choosing one does."""
    title = find_title(library, words)
    near = title.near if title is not None else [guess.role for guess in find_role(library, words)[:3]]
    guesses = tuple(library.roles[role] for role in near)
    shown = escape(words.strip()[:60]) or "?"
    return Message(
        "",
        (
            Text(say("“{words}” is not among the roles I know. These are, and tasks overlap:", words=shown)),
            _picker(say, guesses or tuple(library.roles.values()), then),
        ),
    )


def _picker(say: Say, roles: tuple[Role, ...], then: Callable[[str], Action] = RoleShown) -> Picker:
    choices = (Choice(role.name.get(say.lang), then(role.id)) for role in roles)
    return Picker(say("Open a role") if then is RoleShown else say("Choose a role"), tuple(choices))


def _back(say: Say) -> Button:
    return Button(say("All roles"), RoleShown(""))


def _known(call: Call, role_id: str) -> Role:
    role = call.library.roles.get(role_id)
    if role is None:
        raise Tellable(call.say("This role is no longer in my list. `/role` shows those I know."))
    return role
