"""Application commands: what may be registered, and how a typed line becomes one with options."""

# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false, reportUnknownArgumentType=false
# (this file judges JSON of any shape: that is its purpose)

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from sandbox.discord.components import Complaints
from sandbox.world import CommandHint, Refused

_NAME = re.compile(r"[-_'\w]{1,32}")
SUB, GROUP, STRING, INTEGER, BOOLEAN, USER, CHANNEL, ROLE, MENTIONABLE, NUMBER = range(1, 11)
MOST = {1: 100, 2: 15, 3: 15}  # slash, user and message commands
MOST_TEXT = 8000  # all names, descriptions and values of one command together


def check_commands(commands: Any) -> Complaints:
    """Complaints about a bulk overwrite."""
    out: Complaints = {}
    if not isinstance(commands, list) or not all(isinstance(command, dict) for command in commands):
        return {"": "Must be a list of commands."}
    for kind, most in MOST.items():
        if sum(1 for command in commands if command.get("type", 1) == kind) > most:
            return {"": f"Must be {most} or fewer in length."}
    for index, command in enumerate(commands):
        if command.get("type", 1) == 1:
            _check(command, str(index), out, depth=0)
            if _size(command) > MOST_TEXT:
                out[f"{index}"] = f"Command exceeds maximum size ({MOST_TEXT})"
        elif not 1 <= len(str(command.get("name") or "")) <= 32:
            out[f"{index}.name"] = "Must be between 1 and 32 in length."
    names = [(command.get("type", 1), command.get("name")) for command in commands]
    if len(set(names)) != len(names):
        out["name"] = "Application command names must be unique"
    return out


def _size(item: Mapping[str, Any]) -> int:
    own = len(str(item.get("name") or "")) + len(str(item.get("description") or ""))
    own += sum(len(str(choice.get("name"))) + len(str(choice.get("value"))) for choice in item.get("choices") or [])
    return own + sum(_size(option) for option in item.get("options") or [])


def _check(item: dict[str, Any], at: str, out: Complaints, depth: int) -> None:
    name, description = item.get("name"), item.get("description")
    if not isinstance(name, str) or not _NAME.fullmatch(name) or name != name.lower():
        out[f"{at}.name"] = "Command name is invalid"
    if not isinstance(description, str) or not 1 <= len(description) <= 100:
        out[f"{at}.description"] = "Must be between 1 and 100 in length."
    for key, most in (("name_localizations", 32), ("description_localizations", 100)):
        for locale, text in (item.get(key) or {}).items():
            if not isinstance(text, str) or not 1 <= len(text) <= most:
                out[f"{at}.{key}.{locale}"] = f"Must be between 1 and {most} in length."
    options, choices = item.get("options") or [], item.get("choices") or []
    if len(options) > 25 or len(choices) > 25:
        out[f"{at}.options"] = "Must be 25 or fewer in length."
    for index, choice in enumerate(choices):
        if not 1 <= len(str(choice.get("name") or "")) <= 100 or len(str(choice.get("value"))) > 100:
            out[f"{at}.choices.{index}"] = "Must be between 1 and 100 in length."
    kinds = {option.get("type") in {SUB, GROUP} for option in options}
    if kinds == {True, False}:
        out[f"{at}.options"] = "Sub-commands and options cannot be mixed"
    names = [option.get("name") for option in options]
    if len(set(names)) != len(names):
        out[f"{at}.options"] = "Option name is already used"
    _check_options(options, at, out, depth)


def _check_options(options: list[dict[str, Any]], at: str, out: Complaints, depth: int) -> None:
    optional_seen = False
    for index, option in enumerate(options):
        where = f"{at}.options.{index}"
        if option.get("type") not in range(1, 12) or (option["type"] == GROUP and depth > 0) or depth > 2:
            out[f"{where}.type"] = "Value must be one of 1 to 11."
        if option.get("required") and optional_seen:
            out[f"{where}.required"] = "Required options must be placed before non-required options"
        optional_seen = optional_seen or (option.get("type") not in {SUB, GROUP} and not option.get("required"))
        if option.get("autocomplete") and option.get("choices"):
            out[f"{where}.autocomplete"] = "autocomplete may not be set to true if choices are present"
        if option.get("autocomplete") and option.get("type") not in {STRING, INTEGER, NUMBER}:
            out[f"{where}.autocomplete"] = "autocomplete is for string, integer and number options"
        _check(option, where, out, depth + 1)


def hints(commands: list[dict[str, Any]], locale: str) -> tuple[CommandHint, ...]:
    """The completion list, subcommands spelled out, in the member's language where given."""
    found: list[CommandHint] = []
    for command in commands:
        if command.get("type", 1) == 1:
            found += _hints(command, command["name"], locale)
    return tuple(found)


def _hints(item: dict[str, Any], name: str, locale: str) -> list[CommandHint]:
    inner = [option for option in item.get("options") or [] if option["type"] in {SUB, GROUP}]
    if inner:
        return [hint for sub in inner for hint in _hints(sub, f"{name} {sub['name']}", locale)]
    options = tuple((o["name"], _described(o, locale), bool(o.get("required"))) for o in item.get("options") or [])
    usage = " ".join(f"<{n}>" if required else f"[{n}]" for n, _, required in options)
    return [CommandHint(name, _described(item, locale), options, usage)]


def _described(item: dict[str, Any], locale: str) -> str:
    return (item.get("description_localizations") or {}).get(locale) or item["description"]


def parse(
    commands: list[dict[str, Any]], line: str, ids: Mapping[str, str] | None = None, *, partly: bool = False
) -> tuple[dict[str, Any], list[dict[str, Any]], dict[str, Any] | None]:
    """A typed line as (command, options as payloads carry them, the innermost option under the cursor or None).

    Options may be `name:value` or positional; the last positional takes the rest. `ids`: names of people, channels and
    roles a person may type; `partly` takes values as they stand, half-typed. Raises Refused as a client would.
    """
    words = line.removeprefix("/").split()
    command = next((c for c in commands if words and c["name"] == words[0].lower()), None)
    if command is None:
        raise Refused(f"there is no command /{words[0] if words else ''}")
    declared, rest, path = command.get("options") or [], words[1:], list[dict[str, Any]]()
    while any(option["type"] in {SUB, GROUP} for option in declared):
        sub = next((option for option in declared if rest and option["name"] == rest[0].lower()), None)
        if sub is None:
            raise Refused(f"/{command['name']} needs one of: {', '.join(option['name'] for option in declared)}")
        path.append(sub)
        declared, rest = sub.get("options") or [], rest[1:]
    given = _given(declared, rest)
    missing = [option["name"] for option in declared if option.get("required") and option["name"] not in given]
    if missing and not partly:
        raise Refused(f"/{command['name']}: {missing[0]} is required")
    options = [
        {
            "name": o["name"],
            "type": o["type"],
            "value": given[o["name"]] if partly else _value(o, given[o["name"]], ids or {}),
        }
        for o in declared
        if o["name"] in given
    ]
    focused = next((o for o in declared if options and o["name"] == options[-1]["name"]), None)
    for sub in reversed(path):
        options = [{"name": sub["name"], "type": sub["type"], "options": options}]
    return command, options, focused


def _given(declared: list[dict[str, Any]], words: list[str]) -> dict[str, str]:
    names = [option["name"] for option in declared]
    given: dict[str, str] = {}
    loose: list[str] = []
    current = ""
    for word in words:
        key, colon, value = word.partition(":")
        if colon and key in names:
            given[key], current = value, key
        elif current:
            given[current] += " " + word
        else:
            loose.append(word)
    free = [name for name in names if name not in given]
    for position, name in enumerate(free):
        if loose:
            given[name] = " ".join(loose) if position == len(free) - 1 else loose.pop(0)
    if loose and not free:
        raise Refused("this command takes no more options")
    return given


def _value(option: dict[str, Any], text: str, ids: Mapping[str, str]) -> Any:
    """What the client makes of the words: numbers, yes or no, a person's id, one of the choices."""
    kind, name = option["type"], option["name"]
    if choices := option.get("choices"):
        picked = next((c for c in choices if text.lower() in {str(c["value"]).lower(), c["name"].lower()}), None)
        if picked is None:
            raise Refused(f"{name}: choose one of {', '.join(c['name'] for c in choices)}")
        return picked["value"]
    match kind:
        case 4 | 10:
            try:
                value = int(text) if kind == INTEGER else float(text)
            except ValueError:
                raise Refused(f"{name} is a number") from None
            if not option.get("min_value", value) <= value <= option.get("max_value", value):
                raise Refused(f"{name} is out of range")
            return value
        case 5:
            return text.lower() in {"true", "yes", "1"}
        case 6 | 7 | 8 | 9:
            found = re.sub(r"[^\w]", "", text) if not ids.get(text.lstrip("@#")) else ids[text.lstrip("@#")]
            if found not in ids.values():
                raise Refused(f"{name}: nobody and nothing here is called {text}")
            return found
        case _:
            if not option.get("min_length", 0) <= len(text) <= option.get("max_length", 6000):
                raise Refused(f"{name} is too short or too long")
            return text
