"""From typed words to a command and its options: Slack sends the text after the name as it stands."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping

from chat.errors import Tellable
from chat.markup import escape
from commands._registry import Command, Registry
from content.say import Say


def resolve(
    registry: Registry, say: Say, name: str, text: str, options: Mapping[str, str]
) -> tuple[Command, dict[str, str]]:
    """The command meant and its options by name. Raises Tellable listing what is possible.

    `/nudge pause 3d` arrives as ("nudge", "pause 3d") or as ("nudge pause", "", {"length": "3d"}).
    """
    if (exact := registry.commands.get(name)) is not None:
        return exact, _fill(exact, text, options)
    group = registry.groups().get(name.partition(" ")[0], ())
    first, _, rest = text.strip().partition(" ")
    word = unicodedata.normalize("NFKC", first).casefold()
    for command in group:
        if (not word and command.bare) or word in {command.name.partition(" ")[2], *command.also}:
            return command, _fill(command, rest, options)
    if not group:
        raise Tellable(say("I do not know this command. `/help` lists what I can do."))
    known = ", ".join(f"`/{command.name}`" for command in group)
    raise Tellable(say("I do not know “{word}” here. You could try: {known}", word=escape(first[:40]), known=known))


def _fill(command: Command, text: str, options: Mapping[str, str]) -> dict[str, str]:
    """`role:data scientist` fills its option up to the next name; loose words fill the others in order."""
    values = {option.name: options[option.name] for option in command.options if option.name in options}
    open_ = [option.name for option in command.options if option.name not in values]
    rest: list[str] = []
    current = ""
    for word in text.split():
        key, colon, value = word.partition(":")
        if colon and key in open_:
            current = key
            values[key] = value
            open_.remove(key)
        elif current:
            values[current] += f" {word}"
        else:
            rest.append(word)
    for key in open_ if rest else ():
        last = key == open_[-1]
        values[key] = " ".join(rest) if last else rest.pop(0)
        if last or not rest:
            break
    return values
