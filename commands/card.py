"""A card on the screen: read it, ask where it is from, take its step; reached from /step, /role and each other."""

from __future__ import annotations

from collections.abc import Sequence

from chat.errors import Tellable
from chat.markup import escape
from chat.message import Button, Choice, Message, Note, Part, Picker, Row, Text
from chat.platform import Edit, Reply
from commands._call import Call
from commands._registry import answers
from commands.nudge_step import begin_step
from content.cards import Card
from content.interview_ways import TalkSought
from content.library import Library
from content.origin_card import origin_card
from content.prompts import Prompt
from content.say import Say
from content.step_card import shrunk_card
from content.ways import CardShown, OriginShown, StepTried, TopicShown, TopicTried, way_to

TALKED_OVER = frozenset(("jobsearch", "interview"))
"""Topics whose cards offer to look for somebody who went that way."""


@answers(CardShown)
async def show(call: Call, shown: CardShown) -> Reply:
    """A card, or the page of a daily step."""
    if (prompt := call.library.prompts.get(shown.entry)) is not None:
        return Edit(prompt_page(call.say, call.library, prompt))
    return Edit(card_page(call.say, call.library, card_of(call, shown.entry)))


@answers(OriginShown)
async def origin(call: Call, shown: OriginShown) -> Reply:
    """The sources of a card, a role or a step."""
    library = call.library
    entry = library.cards.get(shown.entry) or library.roles.get(shown.entry) or library.prompts.get(shown.entry)
    if entry is None:
        raise Tellable(gone(call.say))
    back = Button(call.say("Back"), way_to(entry.id))
    message = origin_card(call.say, library, entry.id, entry.sources, back)
    return message if shown.beside else Edit(message)


@answers(StepTried)
async def try_step(call: Call, tried: StepTried) -> Reply:
    """A step in its smallest size as a new message: the card it came from stays readable."""
    prompt = call.library.prompts.get(tried.prompt)
    if prompt is None:
        raise Tellable(gone(call.say))
    _same, delivery = await begin_step(call, prompt)
    return shrunk_card(call.say, prompt, delivery.id)


@answers(TopicTried)
async def try_topic(call: Call, tried: TopicTried) -> Reply:
    """One of a topic's steps, chosen like a daily one: fresh ones first."""
    try:
        prompt, delivery = await begin_step(call, None, tried.topic)
    except LookupError as error:
        raise Tellable(gone(call.say)) from error
    return shrunk_card(call.say, prompt, delivery.id)


def gone(say: Say) -> str:
    """Said when a button outlived what it showed."""
    return say("This is no longer in my list. `/step` shows what there is.")


def card_of(call: Call, id_: str) -> Card:
    """The card, or words for the member when it was retired."""
    card = call.library.cards.get(id_)
    if card is None:
        raise Tellable(gone(call.say))
    return card


def card_page(say: Say, library: Library, card: Card, *, lead: str = "", also: Sequence[Button] = ()) -> Message:
    """Title, thought, points, small print; then what one can do with it. `lead` stands above it all,
    `also` first among the buttons."""
    lang = say.lang
    parts: list[Part] = [Note(lead)] if lead else []
    if card.person:
        parts.append(Note(f"{card.person.name} · {card.person.role.get(lang)}"))
    parts.append(Text(escape(card.body.get(lang))))
    if card.points:
        marks = (f"{n}." if card.ordered else "•" for n in range(1, len(card.points) + 1))
        lines = [f"{mark} {escape(point.get(lang))}" for mark, point in zip(marks, card.points, strict=True)]
        parts.append(Text("\n".join(lines)))
    if card.ask:
        parts.append(Text(f"**{escape(card.ask.get(lang))}**"))
    if card.site:
        parts.append(Note(say("Site: {site}", site=card.site)))
    if card.lang:
        parts.append(Note(say("In {languages}", languages=say.join(say.language(name) for name in card.lang))))
    if card.note:
        parts.append(Note(card.note.get(lang)))
    buttons = list(also)
    if card.topic in TALKED_OVER and not any(isinstance(button.action, TalkSought) for button in also):
        buttons.append(Button(say("Find someone to talk with"), TalkSought("")))
    if card.try_:
        buttons.append(Button(say("Try ten seconds of it"), StepTried(card.try_), "primary"))
    buttons += [Button(say("Where is this from?"), OriginShown(card.id)), _more(say, library, card.topic)]
    parts.append(Row(tuple(buttons)))
    if near := [library.cards[id_] for id_ in card.see if id_ in library.cards]:
        choices = tuple(Choice(other.title.get(lang), CardShown(other.id)) for other in near)
        parts.append(Picker(say("Close to this"), choices))
    return Message(card.title.get(lang), tuple(parts))


def prompt_page(say: Say, library: Library, prompt: Prompt) -> Message:
    """A daily step read ahead of its day, and the way to take it now."""
    lang = say.lang
    return Message(
        prompt.title.get(lang),
        (
            Text(escape(prompt.body.get(lang))),
            Text(f"**{escape(prompt.action.get(lang))}**"),
            Row(
                (
                    Button(say("Try ten seconds of it"), StepTried(prompt.id), "primary"),
                    Button(say("Where is this from?"), OriginShown(prompt.id)),
                    _more(say, library, prompt.topic),
                )
            ),
        ),
    )


def _more(say: Say, library: Library, topic: str) -> Button:
    return Button(say("More on: {topic}", topic=library.topics[topic].name.get(say.lang)), TopicShown(topic))
