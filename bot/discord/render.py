"""From a neutral message or form to Discord's components v2: pure, and nothing a member typed can come alive."""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO
from typing import Any, assert_never

import discord
from discord import ui

from bot.discord import markdown
from chat.action import Action
from chat.errors import LimitError
from chat.form import QUESTIONS, Ask, Choose, Form, Question
from chat.markup import escape
from chat.message import (
    Button,
    Choice,
    Divider,
    Facts,
    File,
    Image,
    Link,
    Message,
    Note,
    Part,
    People,
    Picker,
    Picture,
    Row,
    Text,
)

WIRE = 79
"""Characters an action may take here: a custom_id holds 100, and a guild id with '~' up to 21 stand before it."""

MARK = "~"
TEXT_TOTAL = 4_000

_STYLES = {
    "plain": discord.ButtonStyle.secondary,
    "primary": discord.ButtonStyle.primary,
    "danger": discord.ButtonStyle.danger,
}


def view(message: Message, *, space: str, attached: bool = True) -> ui.LayoutView:
    """The message as one container. `space` is the guild id every control carries, so that a press in a direct
    message can be told to belong to that guild. Without `attached` pictures and files are said in their words. Raises
    LimitError with advice when Discord would refuse the result."""
    title = [ui.TextDisplay[ui.LayoutView](f"## {markdown.line(message.title)}")] if message.title else []
    parts = [item for n, part in enumerate(message.parts) for item in _part(part, n, space, attached=attached)]
    items: list[ui.Item[ui.LayoutView]] = [*title, *parts]
    if (size := sum(len(item.content) for item in items if isinstance(item, ui.TextDisplay))) > TEXT_TOTAL:
        raise LimitError(f"a Message has {size} characters as Discord counts them, allowed {TEXT_TOTAL}: shorten it")
    # Never handed to a discord.py method that would keep it: presses are read from the wire, not from a registry.
    layout = ui.LayoutView(timeout=None)
    layout.add_item(ui.Container[ui.LayoutView](*items))
    return layout


def payload(message: Message, *, space: str) -> list[dict[str, Any]]:
    """The components exactly as they go over the wire, for goldens."""
    return view(message, space=space).to_components()


def files(message: Message) -> list[discord.File]:
    """The message's pictures and files to send beside `view`, which names them. Made anew for each try: a file that
    was read once is at its end."""
    pictures = [discord.File(BytesIO(p.data), filename=p.name, description=p.alt) for p in message.pictures()]
    return [*pictures, *(discord.File(BytesIO(file.data), filename=file.name) for file in message.files())]


def mentions(message: Message) -> discord.AllowedMentions:
    """Whom Discord may tell: the message's People and nobody else, whatever its words say."""
    people = [discord.Object(int(person.id)) for person in message.people()]
    return discord.AllowedMentions(everyone=False, roles=False, replied_user=False, users=people or False)


def modal(form: Form, *, space: str) -> ui.Modal:
    """The form as a modal of labels. Its `send` and `close` words have no place on Discord, which
    says them in the language of the client; its intro has one as long as there are not five questions."""
    window = ui.Modal(title=markdown.label(form.title), custom_id=custom_id(form.then, space), timeout=None)
    if form.intro and len(form.questions) < QUESTIONS:
        window.add_item(ui.TextDisplay[Any](markdown.text(escape(form.intro))))
    for question in form.questions:
        window.add_item(_question(question))
    return window


def form_payload(form: Form, *, space: str) -> Mapping[str, object]:
    """The modal exactly as it goes over the wire, for goldens."""
    return modal(form, space=space).to_dict()


def custom_id(action: Action, space: str) -> str:
    """`<guild id>~<wire>`; raises LimitError for an action that leaves no room for the guild."""
    wire = action.wire()
    if len(wire) > WIRE:
        advice = f"allowed {WIRE} on Discord: carry a shorter id"
        raise LimitError(f"action {action.wire_name!r} is {len(wire)} characters on the wire, {advice}")
    return f"{space}{MARK}{wire}"


def _part(part: Part, n: int, space: str, *, attached: bool) -> list[ui.Item[ui.LayoutView]]:
    match part:
        case Text(text):
            return [ui.TextDisplay(markdown.text(text))]
        case Note(text):
            lines = (f"-# {markdown.line(line)}" for line in text.splitlines() if line.strip())
            return [ui.TextDisplay("\n".join(lines))]
        case Divider():
            return [ui.Separator()]
        case Facts(pairs):
            rows = (f"**{markdown.line(label)}** {markdown.line(value)}" for label, value in pairs)
            return [ui.TextDisplay("\n".join(rows))]
        case People(persons):
            return [ui.TextDisplay(" ".join(f"<@{int(person.id)}>" for person in persons))]
        case Image(url, alt):
            return [ui.MediaGallery(discord.MediaGalleryItem(url, description=markdown.label(alt)))]
        case Picture(_, alt, name) if attached:
            picture = discord.MediaGalleryItem(f"attachment://{name}", description=markdown.label(alt))
            return [ui.MediaGallery(picture)]
        case Picture(_, alt):
            return [ui.TextDisplay(markdown.line(alt))]
        case File(_, name, about):
            file = [ui.File[ui.LayoutView](f"attachment://{name}")] if attached else []
            return [ui.TextDisplay(markdown.line(about)), *file]
        case Row(items):
            return [ui.ActionRow(*(_pressable(item, space) for item in items))]
        case Picker(placeholder, choices):
            hint = markdown.label(placeholder)
            options = [_option(choice) for choice in choices]
            select = ui.Select[ui.LayoutView](custom_id=f"{space}{MARK}pick:{n}", placeholder=hint, options=options)
            return [ui.ActionRow(select)]
        case _:
            assert_never(part)


def _pressable(item: Button | Link, space: str) -> ui.Button[ui.LayoutView]:
    match item:
        case Button(label, action, style):
            return ui.Button(label=markdown.label(label), custom_id=custom_id(action, space), style=_STYLES[style])
        case Link(label, url):
            return ui.Button(label=markdown.label(label), url=url)
        case _:
            assert_never(item)


def _option(choice: Choice) -> discord.SelectOption:
    # The value is the bare wire: the guild stands in the menu's own custom_id, so all 100 characters are free.
    hint = markdown.label(choice.hint) if choice.hint else None
    return discord.SelectOption(label=markdown.label(choice.label), value=choice.action.wire(), description=hint)


def _question(question: Question) -> ui.Label[ui.Modal]:
    match question:
        case Ask():
            field = ui.TextInput[ui.Modal](
                custom_id=question.key,
                style=discord.TextStyle.paragraph if question.long else discord.TextStyle.short,
                placeholder=markdown.label(question.hint) if question.hint else None,
                default=markdown.clean(question.value) or None,
                required=question.required,
                min_length=question.least or None,
                max_length=question.most,
            )
            return ui.Label(text=markdown.label(question.label), component=field)
        case Choose():
            options = [
                discord.SelectOption(label=markdown.label(label), value=value, default=value in question.chosen)
                for value, label in question.options
            ]
            select = ui.Select[ui.Modal](
                custom_id=question.key,
                placeholder=markdown.label(question.hint) if question.hint else None,
                options=options,
                min_values=1 if question.required else 0,
                max_values=len(options) if question.many else 1,
                required=question.required,
            )
            return ui.Label(text=markdown.label(question.label), component=select)
        case _:
            assert_never(question)
