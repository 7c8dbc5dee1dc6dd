"""Which commands exist and which function answers which button: found by walking this folder, nobody edits a list."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import re
from collections.abc import Awaitable, Callable, Coroutine, Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import ModuleType
from typing import Any, TypeVar, get_args, get_type_hints

from chat.action import Action
from chat.errors import LimitError
from chat.form import Answers
from chat.message import Message, within
from chat.platform import Reply
from commands._call import Call

Handler = Callable[..., Coroutine[None, None, Reply]]
Completer = Callable[[Call, str], Awaitable[Sequence[tuple[str, str]]]]
HomePage = Callable[[Call], Coroutine[None, None, Message]]
H = TypeVar("H", bound=Handler)
P = TypeVar("P", bound=HomePage)

_NAME = re.compile(r"[a-z][a-z0-9-]{0,31}( [a-z][a-z0-9-]{0,31})?")


def _(message: str) -> str:
    """Marks an English sentence for the catalogues where no `say` is at hand yet."""
    return message


@dataclass(frozen=True, slots=True)
class Option:
    """Written into a handler's signature: `name: Annotated[str, Option(_("a role"), complete=names)] = ""`."""

    summary: str
    choices: tuple[tuple[str, str], ...] = ()  # (value, English label)
    complete: Completer | None = None
    person: bool = False  # a member, whom the platform lets one pick; the value is "<@" id ">"


@dataclass(frozen=True, slots=True)
class Opt:
    """One option of a command as platforms see it. Values are always strings; "" where absent."""

    name: str
    summary: str
    required: bool
    choices: tuple[tuple[str, str], ...]
    complete: Completer | None
    person: bool = False

    @property
    def completes(self) -> bool:
        """Whether suggestions are offered while typing."""
        return self.complete is not None


@dataclass(frozen=True, slots=True)
class Command:
    """One command. `name` is one word, or a group and a word ("nudge pause"). `bare` also answers the group alone
    where a platform lets it be typed. `also` are other words for it in typed text, such as Chinese ones. `owner`: only
    for those who may administer the space; the dispatcher sees to it."""

    name: str
    summary: str
    options: tuple[Opt, ...]
    private: bool
    bare: bool
    also: tuple[str, ...]
    owner: bool
    handler: Handler

    @property
    def usage(self) -> str:
        """`/nudge pause [length]`"""
        return " ".join([f"/{self.name}", *(f"<{o.name}>" if o.required else f"[{o.name}]" for o in self.options)])


@dataclass(frozen=True, slots=True)
class Answer:
    """The function behind a button or a sent form."""

    handler: Handler
    private: bool
    takes_answers: bool


@dataclass(frozen=True, slots=True)
class Registry:
    """Everything members can do, by wire name."""

    commands: Mapping[str, Command]
    answers: Mapping[type[Action], Answer]
    home: HomePage | None = None

    def groups(self) -> Mapping[str, tuple[Command, ...]]:
        """Top-level word -> its commands, in alphabetical order."""
        groups: dict[str, list[Command]] = {}
        for name, command in sorted(self.commands.items()):
            groups.setdefault(name.partition(" ")[0], []).append(command)
        return {word: tuple(commands) for word, commands in groups.items()}

    def usages(self, *, owner: bool = False) -> Sequence[tuple[str, str]]:
        """(how it is typed, English summary) of each command a member, or an owner, may use, in alphabetical order."""
        order = sorted(self.commands.values(), key=lambda c: (c.owner, c.name))  # owners' commands last
        return [(c.usage, c.summary) for c in order if owner or not c.owner]


def command(
    name: str,
    summary: str,
    *,
    private: bool = True,
    bare: bool = False,
    also: tuple[str, ...] = (),
    owner: bool = False,
) -> Callable[[H], H]:
    """Makes a handler a slash command on every platform, and a line of `/help`."""
    if not _NAME.fullmatch(name):
        raise LimitError(f"command name {name!r}: one or two lower-case words of letters, digits and '-'")
    within(f"the summary of /{name}", summary, 100)

    def mark(handler: H) -> H:
        made = Command(name, summary, _options(handler), private, bare, also, owner, handler)
        handler.__steppingstone_command__ = made  # type: ignore[attr-defined]  # read back by `collect`
        return handler

    return mark


def answers(action: type[Action], *, private: bool = True) -> Callable[[H], H]:
    """Makes a function the answer to an action; with a third parameter it receives the `Answers` of a form."""

    def mark(handler: H) -> H:
        takes = len(inspect.signature(handler).parameters) == 3
        made = (action, Answer(handler, private, takes))
        handler.__steppingstone_answer__ = made  # type: ignore[attr-defined]  # read back by `collect`
        return handler

    return mark


def home(handler: P) -> P:
    """Makes a function the member's own page, on platforms that keep one (`chat.platform.ShowsHome`)."""
    handler.__steppingstone_home__ = True  # type: ignore[attr-defined]  # read back by `collect`
    return handler


def load() -> Registry:
    """Imports every public module of this folder and collects what they declare."""
    package = importlib.import_module("commands")
    names = sorted(m.name for m in pkgutil.iter_modules(package.__path__) if not m.name.startswith("_"))
    return collect(importlib.import_module(f"commands.{name}") for name in names)


def collect(modules: Iterable[ModuleType]) -> Registry:
    """The registry of these modules. Two commands or answers of one name are an error naming both."""
    commands: dict[str, Command] = {}
    found: dict[type[Action], Answer] = {}
    pages: list[HomePage] = []
    for module in modules:
        for value in vars(module).values():
            if getattr(value, "__module__", None) != module.__name__:
                continue
            made: Command | None = getattr(value, "__steppingstone_command__", None)
            if made is not None:
                if made.name in commands:
                    raise LimitError(f"/{made.name} is declared twice, in {module.__name__} and elsewhere: rename one")
                commands[made.name] = made
            pair: tuple[type[Action], Answer] | None = getattr(value, "__steppingstone_answer__", None)
            if pair is not None:
                action, answer = pair
                if action in found:
                    raise LimitError(f"{action.__name__} has two answers, one in {module.__name__}: keep one")
                found[action] = answer
            if getattr(value, "__steppingstone_home__", False):
                pages.append(value)
    if len(pages) > 1:
        raise LimitError(f"{len(pages)} functions are the home page, one in {pages[-1].__module__}: keep one")
    _check_groups(commands)
    return Registry(commands, found, pages[0] if pages else None)


def _check_groups(commands: Mapping[str, Command]) -> None:
    groups = {name.partition(" ")[0] for name in commands if " " in name}
    if clash := groups & set(commands):
        raise LimitError(f"/{min(clash)} is both a command and a group: Discord allows one; give it a second word")
    for group in groups:
        if sum(command.bare for name, command in commands.items() if name.startswith(group + " ")) > 1:
            raise LimitError(f"two commands of /{group} are bare: only one can answer it alone")


def _options(handler: Handler) -> tuple[Opt, ...]:
    hints: dict[str, Any] = get_type_hints(handler, include_extras=True)
    options: list[Opt] = []
    for parameter in list(inspect.signature(handler).parameters.values())[1:]:
        declared = [arg for arg in get_args(hints[parameter.name])[1:] if isinstance(arg, Option)]
        if len(declared) != 1:
            raise LimitError(f'{handler.__name__}({parameter.name}): write Annotated[str, Option("what it is")]')
        option, required = declared[0], parameter.default is inspect.Parameter.empty
        within(f"the summary of option {parameter.name!r}", option.summary, 100)
        options.append(Opt(parameter.name, option.summary, required, option.choices, option.complete, option.person))
    return tuple(options)


__all__ = ["Answer", "Answers", "Command", "Completer", "Handler", "Opt", "Option", "Registry", "answers", "collect"]
__all__ += ["HomePage", "_", "command", "home", "load"]
