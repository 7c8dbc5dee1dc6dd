"""Application commands: what may be registered, and how a typed line becomes one with options."""

# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false, reportUnknownArgumentType=false
# (this file judges JSON of any shape: that is its purpose)

from __future__ import annotations

import re
from typing import Any

from sandbox.discord.components import Complaints
from sandbox.world import CommandHint, Refused

_NAME = re.compile(r"[-_'\w]{1,32}")
SUB, GROUP = 1, 2


def check_commands(commands: Any) -> Complaints:
    """Complaints about a bulk overwrite."""
    out: Complaints = {}
    if not isinstance(commands, list) or len(commands) > 100:
        return {"": "Must be 100 or fewer in length."}
    for index, command in enumerate(commands):
        if command.get("type", 1) == 1:
            _check(command, str(index), out, depth=0)
    names = [command.get("name") for command in commands]
    if len(set(names)) != len(names):
        out["name"] = "Application command names must be unique"
    return out


def _check(item: dict[str, Any], at: str, out: Complaints, depth: int) -> None:
    name, description = item.get("name"), item.get("description")
    if not isinstance(name, str) or not _NAME.fullmatch(name) or name != name.lower():
        out[f"{at}.name"] = "Command name is invalid"
    if not isinstance(description, str) or not 1 <= len(description) <= 100:
        out[f"{at}.description"] = "Must be between 1 and 100 in length."
    for locale, text in (item.get("description_localizations") or {}).items():
        if not isinstance(text, str) or not 1 <= len(text) <= 100:
            out[f"{at}.description_localizations.{locale}"] = "Must be between 1 and 100 in length."
    options = item.get("options") or []
    if len(options) > 25 or len(item.get("choices") or []) > 25:
        out[f"{at}.options"] = "Must be 25 or fewer in length."
    kinds = {option.get("type") in {SUB, GROUP} for option in options}
    if kinds == {True, False}:
        out[f"{at}.options"] = "Sub-commands and options cannot be mixed"
    optional_seen = False
    for index, option in enumerate(options):
        if option.get("type") not in range(1, 12) or depth > 2:
            out[f"{at}.options.{index}.type"] = "Value must be one of 1 to 11."
        if option.get("required") and optional_seen:
            out[f"{at}.options.{index}.required"] = "Required options must be placed before non-required options"
        optional_seen = optional_seen or (option.get("type") not in {SUB, GROUP} and not option.get("required"))
        if option.get("autocomplete") and option.get("choices"):
            out[f"{at}.options.{index}.autocomplete"] = "autocomplete may not be set to true if choices are present"
        _check(option, f"{at}.options.{index}", out, depth + 1)


def hints(commands: list[dict[str, Any]], locale: str) -> tuple[CommandHint, ...]:
    """The completion list, subcommands spelled out, in the member's language where given."""
    found: list[CommandHint] = []
    for command in commands:
        subs = [option for option in command.get("options") or [] if option["type"] == SUB]
        for item, name in [(sub, f"{command['name']} {sub['name']}") for sub in subs] or [(command, command["name"])]:
            options = tuple(
                (o["name"], _described(o, locale), bool(o.get("required"))) for o in item.get("options") or []
            )
            usage = " ".join(f"<{n}>" if required else f"[{n}]" for n, _, required in options)
            found.append(CommandHint(name, _described(item, locale), options, usage))
    return tuple(found)


def _described(item: dict[str, Any], locale: str) -> str:
    return (item.get("description_localizations") or {}).get(locale) or item["description"]


def parse(
    commands: list[dict[str, Any]], line: str
) -> tuple[dict[str, Any], list[dict[str, Any]], dict[str, Any] | None]:
    """A typed line as (command, options as payloads carry them, the innermost option under the cursor or None).

    Options may be `name:value` or positional; the last positional takes the rest. Raises Refused as a client would.
    """
    words = line.removeprefix("/").split()
    command = next((c for c in commands if words and c["name"] == words[0].lower()), None)
    if command is None:
        raise Refused(f"there is no command /{words[0] if words else ''}")
    declared, rest, sub = command.get("options") or [], words[1:], None
    if any(option["type"] == SUB for option in declared):
        sub = next((option for option in declared if rest and option["name"] == rest[0].lower()), None)
        if sub is None:
            raise Refused(f"/{command['name']} needs one of: {', '.join(option['name'] for option in declared)}")
        declared, rest = sub.get("options") or [], rest[1:]
    given = _given(declared, rest)
    missing = [option["name"] for option in declared if option.get("required") and option["name"] not in given]
    if missing:
        raise Refused(f"/{command['name']}: {missing[0]} is required")
    options = [
        {"name": o["name"], "type": o["type"], "value": given[o["name"]]} for o in declared if o["name"] in given
    ]
    focused = next((o for o in declared if options and o["name"] == options[-1]["name"]), None)
    if sub is not None:
        options = [{"name": sub["name"], "type": SUB, "options": options}]
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
