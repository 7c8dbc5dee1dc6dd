"""/role compare: two roles side by side, computed from the pack's tasks, areas and tools."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from chat.action import Action
from chat.errors import Tellable
from chat.markup import escape
from chat.message import Button, Choice, Facts, Message, Note, Part, Picker, Row, Text
from chat.platform import Edit, Reply
from commands._call import Call
from commands._registry import answers
from content.find import exact_role, find_role
from content.library import Library
from content.roles import Role
from content.say import Say
from content.ways import RoleShown

BETWEEN = re.compile(r"\s+(?:vs\.?|versus|and|or|/|\|)\s+|\s*[,，、/|]\s*|\s*(?:和|与|跟|还是|对比)\s*", re.IGNORECASE)


@dataclass(frozen=True)
class RolesCompared(Action, name="role-compare"):
    """Compare two roles; an empty one is still to be chosen."""

    first: str
    second: str


async def compare(call: Call, words: str) -> Reply:
    """`compare mle data scientist`: the two roles, or a picker for those that were not understood."""
    (first, second), unknown = read_pair(call.library, words)
    return _answer(call, first, second, unknown)


@answers(RolesCompared)
async def show_comparison(call: Call, asked: RolesCompared) -> Reply:
    """The same message turns to the comparison, or asks for the other role."""
    roles = call.library.roles
    message = _answer(call, roles.get(asked.first), roles.get(asked.second))
    return Edit(message)


def _answer(call: Call, first: Role | None, second: Role | None, unknown: str = "") -> Message:
    if first and second and first.id == second.id:
        raise Tellable(call.say("That is the same role twice. Try `/role compare mle data scientist`."))
    if first and second:
        return comparison(call.say, call.library, first, second)
    return compare_picker(call.say, call.library, first or second, unknown)


def read_pair(library: Library, words: str) -> tuple[tuple[Role | None, Role | None], str]:
    """Two roles out of one line, and the words that are neither: around a word such as "vs", or at the gap where both
    halves are best understood."""
    halves = [part for part in BETWEEN.split(words.strip()) if part.strip()]
    if len(halves) != 2:
        gaps = words.split()
        cuts = [(" ".join(gaps[:at]), " ".join(gaps[at:])) for at in range(1, len(gaps))]
        whole = (words, "")
        best = max((*cuts, whole), key=lambda two: _score(library, two[0]) + _score(library, two[1]))
        halves = [half for half in best if half.strip()]
    found = [exact_role(library, half) for half in halves]
    unknown = next((half.strip() for half, role in zip(halves, found, strict=True) if role is None), "")
    return (found[0] if found else None, found[1] if len(found) > 1 else None), unknown


def _score(library: Library, words: str) -> float:
    found = find_role(library, words)
    return found[0].score if found else 0.0


def compare_picker(say: Say, library: Library, first: Role | None, unknown: str = "") -> Message:
    """Asks for the first role, then for the one beside it; says which word was not understood."""
    lang = say.lang
    others = [role for role in library.roles.values() if first is None or role.id != first.id]
    asked = say("Which role first?") if first is None else say("{role} and …?", role=first.name.get(lang))
    choices = (
        Choice(role.name.get(lang), RolesCompared(first.id, role.id) if first else RolesCompared(role.id, ""))
        for role in others
    )
    words = say("“{words}” is not among the roles I know.", words=escape(unknown[:60])) if unknown else ""
    return Message(
        say("Compare two roles"),
        (
            *((Text(words),) if words else ()),
            Text(f"**{escape(asked)}**"),
            Picker(say("Choose a role"), tuple(choices)),
        ),
    )


def comparison(say: Say, library: Library, first: Role, second: Role) -> Message:
    """Main tasks one under the other; then which main work and which tools they share, and which are one's own."""
    lang = say.lang
    parts: list[Part] = [Text("\n".join(_tasks(role, lang))) for role in (first, second)]
    a, b = first.short.get(lang), second.short.get(lang)
    work = [_split(_areas(library, first, lang), _areas(library, second, lang))]
    tools = [_split(first.tool_names, second.tool_names)]
    pairs: list[tuple[str, str]] = []
    for (both, left, right), words in ((work[0], _work_labels(say, a, b)), (tools[0], _tool_labels(say, a, b))):
        pairs += [(label, say.join(names)) for label, names in zip(words, (both, left, right), strict=True) if names]
    parts.append(Facts(tuple(pairs)))
    if first.tool_names == second.tool_names:
        parts.append(Note(say("The source prints the same tools for both.")))
    parts.append(Note(first.caveat.get(lang)))
    buttons = [Button(role.short.get(lang), RoleShown(role.id)) for role in (first, second)]
    parts.append(Row((*buttons, Button(say("Compare others"), RolesCompared("", "")))))
    return Message(f"{first.name.get(lang)} · {second.name.get(lang)}", tuple(parts))


def _work_labels(say: Say, a: str, b: str) -> tuple[str, str, str]:
    return say("Main work of both"), say("Main work of {role}", role=a), say("Main work of {role}", role=b)


def _tool_labels(say: Say, a: str, b: str) -> tuple[str, str, str]:
    return say("Tools of both"), say("Tools of {role}", role=a), say("Tools of {role}", role=b)


def _tasks(role: Role, lang: str) -> Iterator[str]:
    yield f"**{escape(role.name.get(lang))}**"
    for task in role.tasks:
        if task.main:
            yield f"• {escape(task.text.get(lang))}"


def _areas(library: Library, role: Role, lang: str) -> list[str]:
    return [library.areas[area].get(lang) for area, main in role.areas.items() if main]


def _split(first: Iterable[str], second: Iterable[str]) -> tuple[list[str], list[str], list[str]]:
    """What both have, what only the first has, what only the second has; orders kept.

    >>> _split(["Git", "SQL"], ["SQL", "R"])
    (['SQL'], ['Git'], ['R'])
    """
    left, right = list(first), list(second)
    return (
        [one for one in left if one in right],
        [one for one in left if one not in right],
        [one for one in right if one not in left],
    )
