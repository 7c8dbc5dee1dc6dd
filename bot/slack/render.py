"""From our words to Block Kit: pure. What members typed lands in plain_text or rich_text and is inert there."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, assert_never

from chat import markup
from chat.form import Ask, Choose, Form, Question
from chat.message import (
    Button,
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
from chat.people import Person

Block = dict[str, Any]
FALLBACK = 3_900  # characters of the notification text; Slack cuts near 4,000
HOME_BLOCKS = 100
NO_FILES: Mapping[str, str] = {}


def blocks(message: Message, files: Mapping[str, str] = NO_FILES) -> list[Block]:
    """The message's blocks. `files`: a picture's name -> the id of its uploaded file; one without an id is said in its
    words."""
    title: list[Block] = [{"type": "header", "text": plain(message.title)}] if message.title else []
    return [*title, *(block for index, part in enumerate(message.parts) for block in _part(part, index, files))]


def home(made: list[Block]) -> Block:
    """Blocks as the page of App Home."""
    return {"type": "home", "blocks": made[:HOME_BLOCKS]}


def fallback(message: Message) -> str:
    """What a lock screen shows; entities escaped because Slack reads markup in it."""
    return escape(message.plain()[:FALLBACK])


def escape(text: str) -> str:
    """The three characters Slack gives a meaning to."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def plain(text: str) -> Block:
    """A plain_text object: no markup, no mentions, no emoji codes."""
    return {"type": "plain_text", "text": markup.clean(text) or " ", "emoji": False}


def _part(part: Part, index: int, files: Mapping[str, str]) -> list[Block]:
    match part:
        case Text(text):
            return [_text(text)]
        case Note(text):
            return [{"type": "context", "elements": [plain(text)]}]
        case Divider():
            return [{"type": "divider"}]
        case Image(url, alt):
            return [{"type": "image", "image_url": url, "alt_text": alt}]
        case Picture(_, alt, name) if name in files:
            return [{"type": "image", "slack_file": {"id": files[name]}, "alt_text": alt}]
        case Picture(_, alt):
            return [{"type": "section", "text": plain(alt)}]
        case File(_, _, about):
            return [{"type": "section", "text": plain(about)}]
        case People(persons):
            return [_people(persons)]
        case Facts(pairs):
            return [_facts(pairs[start : start + 5]) for start in range(0, len(pairs), 5)]
        case Row(items):
            return [{"type": "actions", "elements": [_button(item, index, n) for n, item in enumerate(items)]}]
        case Picker(placeholder, choices):
            options = [
                {"text": plain(choice.label), "value": choice.action.wire()}
                | ({"description": plain(choice.hint)} if choice.hint else {})
                for choice in choices
            ]
            select = {"type": "static_select", "action_id": f"{index}.pick", "placeholder": plain(placeholder)}
            return [{"type": "actions", "elements": [select | {"options": options}]}]
        case _:
            assert_never(part)


def _text(text: str) -> Block:
    spans = markup.spans(text)
    if all(span.style == "plain" for span in spans):
        return {"type": "section", "text": plain("".join(span.text for span in spans))}
    runs = [_run(span) for span in spans]
    return {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": runs}]}


def _run(span: markup.Span) -> Block:
    text = markup.clean(span.text)
    match span.style:
        case "plain":
            return {"type": "text", "text": text}
        case "link":
            return {"type": "link", "url": span.url, "text": text}
        case "channel":
            return {"type": "channel", "channel_id": text}
        case "bold" | "italic" | "code":
            return {"type": "text", "text": text, "style": {span.style: True}}
        case _:
            assert_never(span.style)


def _people(persons: tuple[Person, ...]) -> Block:
    """The only mention there is; never as "<@…>" in a text, where a stranger's words could stand as well."""
    runs: list[Block] = []
    for person in persons:
        runs += [{"type": "text", "text": " "}] if runs else []
        runs.append({"type": "user", "user_id": person.id})
    return {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": runs}]}


def _facts(pairs: tuple[tuple[str, str], ...]) -> Block:
    fields: list[Block] = []
    for label, value in pairs:
        fields += [{"type": "mrkdwn", "text": f"*{escape(label)}*"}, plain(value)]
    return {"type": "section", "fields": fields}


def _button(item: Button | Link, index: int, n: int) -> Block:
    match item:
        case Button(label, action, style):
            button = {"type": "button", "action_id": f"{index}.{n}", "text": plain(label), "value": action.wire()}
            return button if style == "plain" else button | {"style": style}
        case Link(label, url):
            return {"type": "button", "action_id": f"{index}.{n}", "text": plain(label), "url": url}
        case _:
            assert_never(item)


def view(form: Form, private_metadata: str, mark: str = "") -> Block:
    """The form as a modal. `private_metadata` brings back where it was opened. `mark` makes the names of its questions
    differ from those of the form it replaces, whose answers Slack would else leave standing in it."""
    intro: list[Block] = [{"type": "section", "text": plain(form.intro)}] if form.intro else []
    return {
        "type": "modal",
        "callback_id": "form",
        "private_metadata": private_metadata,
        "title": plain(form.title),
        "submit": plain(form.send),
        "close": plain(form.close),
        "blocks": [*intro, *(_question(question, mark) for question in form.questions)],
    }


def marked(key: str, mark: str) -> str:
    """A question's name on Slack: its key, and after it the mark of its view."""
    return f"{key}@{mark}" if mark else key


def _question(question: Question, mark: str) -> Block:
    element: Block
    match question:
        case Ask():
            element = {"type": "plain_text_input", "action_id": "answer", "max_length": question.most}
            element |= {"multiline": True} if question.long else {}
            element |= {"min_length": question.least} if question.least else {}
            element |= {"initial_value": question.value} if question.value else {}
            element |= {"placeholder": plain(question.hint)} if question.hint else {}
        case Choose():
            options = {value: {"text": plain(label), "value": value} for value, label in question.options}
            element = _choose(question, options)
        case _:
            assert_never(question)
    name = marked(question.key, mark)
    block = {"type": "input", "block_id": name, "label": plain(question.label), "element": element}
    return block if question.required else block | {"optional": True}


def _choose(question: Choose, options: Mapping[str, Block]) -> Block:
    chosen = [options[value] for value in question.chosen]
    if not question.many:
        element: Block = {"type": "static_select", "action_id": "answer", "options": list(options.values())}
        return element | ({"initial_option": chosen[0]} if chosen else {})
    kind = "checkboxes" if len(options) <= 10 else "multi_static_select"
    element = {"type": kind, "action_id": "answer", "options": list(options.values())}
    return element | ({"initial_options": chosen} if chosen else {})
