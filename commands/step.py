"""/step: the directory of everything the pack holds: topics, cards, stories, and finding by words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from random import Random
from typing import Annotated

from chat.action import Action
from chat.markup import escape
from chat.message import LABEL, PICKER_OPTIONS, Button, Choice, Message, Note, Part, Picker, Row, Text
from chat.platform import Edit, Reply
from commands._call import Call
from commands._registry import Option, _, answers, command
from commands._sheet_pages import sheets_page
from commands._step_sheets import by_words
from commands.card import card_of, card_page, prompt_page
from commands.mydata import see
from commands.role import role_card
from content.cards import Card
from content.fold import fold
from content.library import Library
from content.say import Say
from content.topics import Topic
from content.ways import CardShown, RoleShown, StoryShown, TopicShown, TopicTried, way_to
from sheets.ways import SheetsListed

STORY = ("story", "stories", "故事")
DATA = ("data", "my data", "mydata", "我的数据")
MOST = 6  # answers to a question that are listed
NOTHING, SURE = 0.27, 0.45
"""Fits below which we say that we have nothing, or that we may have nothing: most questions about other subjects lie
below the second, a third of them below the first, and of those we can answer hardly any below the first."""


async def topics_and_cards(call: Call, partial: str) -> Sequence[tuple[str, str]]:
    """Suggestions while typing: topics first, then cards whose names hold the words."""
    lang, library, typed = call.say.lang, call.library, fold(partial)
    topics = [topic for topic in library.topics.values() if typed in " ".join(map(fold, _names(topic)))]
    found = [(topic.id, topic.name.get(lang)) for topic in topics]
    ids = call.index.complete(partial) if typed else []
    for id_ in ids:
        if id_ in library.cards:
            found.append((id_, library.cards[id_].title.get(lang)))
        elif (sheet := library.worksheet(id_)) is not None:
            found.append((sheet.name.get(lang), sheet.name.get(lang)))
    return found[:PICKER_OPTIONS]


@command("step", _("Find a card, a checklist or a story: a topic, or your own words"))
async def step(
    call: Call,
    topic: Annotated[str, Option(_("A topic such as math, or a question of your own"), complete=topics_and_cards)] = "",
) -> Reply:
    """The list of topics, one topic, one entry by its id, or what fits the words best."""
    words = topic.strip()
    if not words:
        return directory(call.say, call.library)
    if (exact := _entry(call, words)) is not None:
        return exact
    if (asked := await by_words(call, words)) is not None:
        return asked
    if fold(words) in STORY:
        return _story(call, "")
    if fold(words) in DATA:
        return await see(call)
    if (known := find_topic(call.library, words)) is not None:
        return topic_page(call.say, call.library, known)
    hits = call.index.search(words, MOST)
    named = [hit.id for hit in hits if hit.named]
    if len(named) == 1 and (entry := _entry(call, named[0])) is not None:
        return entry
    if len(named) == 1 and (sheet := call.library.worksheet(named[0])) is not None:
        return await sheets_page(call, sheet.slug)
    if not named and (known := find_topic(call.library, words, aliases=True)) is not None:
        return topic_page(call.say, call.library, known)
    best = max((hit.fit for hit in hits), default=0.0)
    ids = [hit.id for hit in hits] if named or best >= NOTHING else []
    read_as = call.index.read_as(words)
    mended = read_as if read_as.isascii() and read_as != fold(words) else ""
    return results(call.say, call.library, words, ids, sure=bool(named) or best >= SURE, mended=mended)


@answers(TopicShown)
async def show_topic(call: Call, shown: TopicShown) -> Reply:
    """The same message turns to the topic, or back to the list."""
    known = call.library.topics.get(shown.topic)
    message = topic_page(call.say, call.library, known) if known else directory(call.say, call.library)
    return message if shown.beside else Edit(message)


@answers(StoryShown)
async def show_story(call: Call, shown: StoryShown) -> Reply:
    """The next story in place of this one."""
    return Edit(_story(call, shown.card))


def _entry(call: Call, id_: str) -> Message | None:
    """What stands under an id of the pack: an entry, or the first card, role or step that carries an idea."""
    say, library = call.say, call.library
    if (role := library.roles.get(id_)) is not None:
        return role_card(say, library, role, call.member.role)
    if (prompt := library.prompts.get(id_)) is not None:
        return prompt_page(say, library, prompt)
    if (card := library.cards.get(id_)) is not None:
        return card_page(say, library, card)
    if id_ not in library.ideas:
        return None
    carrying = (
        e for e in (*library.cards.values(), *library.roles.values(), *library.prompts.values()) if id_ in e.sources
    )
    return _entry(call, entry.id) if (entry := next(carrying, None)) else None


def _story(call: Call, id_: str) -> Message:
    """One story at a time; a day begins at a member's own place in the round, and goes on from there."""
    say, library = call.say, call.library
    stories = _stories(library)
    if not stories:
        return directory(say, library)
    if id_:
        at = stories.index(card_of(call, id_)) if library.cards.get(id_) in stories else 0
    else:
        seed = f"{call.person.space.key}|{call.person.id}|{call.now.date()}"
        at = Random(seed).randrange(len(stories))  # noqa: S311  # a choice of text, not a secret
    following = stories[(at + 1) % len(stories)]
    return card_page(say, library, stories[at], also=(Button(say("Another story"), StoryShown(following.id)),))


def _stories(library: Library) -> list[Card]:
    """Those that may be told to anybody: none on a sensitive topic."""
    return [card for card in library.cards.values() if card.kind == "story" and not library.topics[card.topic].optin]


def find_topic(library: Library, words: str, *, aliases: bool = False) -> Topic | None:
    """The topic of this very name, in any language; by its aliases too when asked."""
    asked = fold(words).replace(" ", "")
    for topic in library.topics.values():
        names = _names(topic) if aliases else (topic.id, topic.name.en, topic.name.zh)
        if asked in {fold(name).replace(" ", "") for name in names}:
            return topic
    return None


def _names(topic: Topic) -> tuple[str, ...]:
    return (topic.id, topic.name.en, topic.name.zh, *topic.aliases)


def directory(say: Say, library: Library) -> Message:
    """The names of all topics, a picker that says what each is about, and the way to a story."""
    lang, topics = say.lang, tuple(library.topics.values())
    count = len(library.cards) + len(library.roles)
    choices = [Choice(t.name.get(lang), TopicShown(t.id), _cut(t.about.get(lang), LABEL)) for t in topics]
    names = escape(" · ".join(topic.name.get(lang) for topic in topics))
    parts: list[Part] = [Text(names), *_pickers(say("Open a topic"), choices)]
    parts.append(Note(say("{n} cards. /step with your own words finds the nearest ones.", n=say.number(count))))
    if stories := _stories(library):
        parts.append(Row((Button(say("Tell me a story"), StoryShown(stories[0].id)),)))
    return Message(say("Everything I know, by topic"), tuple(parts))


def topic_page(say: Say, library: Library, topic: Topic) -> Message:
    """What there is on a topic: its cards under their headings, its roles, one step to take now."""
    lang = say.lang
    cards = [card for card in library.cards.values() if card.topic == topic.id]
    parts: list[Part] = [Text(escape(topic.about.get(lang)))]
    parts += [Text(block) for block in _blocks(list(_listed(cards, lang)))]
    choices = [Choice(card.title.get(lang), CardShown(card.id)) for card in cards]
    if topic.id == "role":
        choices += [Choice(role.name.get(lang), RoleShown(role.id)) for role in library.roles.values()]
    parts += _pickers(say("Open a card"), choices)
    steps = [p for p in library.prompts.values() if p.topic == topic.id and p.requires_optin in {"", topic.optin}]
    if steps:
        parts.append(Note(say.plural("{n} daily step on this", "{n} daily steps on this", len(steps))))
    buttons = [Button(say("Try ten seconds of it"), TopicTried(topic.id), "primary")] if steps else []
    buttons += [Button(say("The worksheet"), SheetsListed(topic.id))] if topic.id in library.worksheets else []
    parts.append(Row((*buttons, Button(say("All topics"), TopicShown("")))))
    return Message(topic.name.get(lang), tuple(parts))


def results(
    say: Say, library: Library, words: str, ids: Sequence[str], *, sure: bool = True, mended: str = ""
) -> Message:
    """The nearest entries to a question, the best opened by one tap; or honestly nothing, or that we are not sure.
    `mended`: the question as it was read, where that differs."""
    shown = escape(words[:60])
    topics = Row((Button(say("All topics"), TopicShown("")),))
    if not ids:
        return Message("", (Text(say("I have nothing on “{words}”. Perhaps under a topic?", words=shown)), topics))
    lang, lines, choices = say.lang, list[str](), list[Choice]()
    for id_ in ids:
        title, gist = _gist(library, id_, lang)
        lines.append(f"**{escape(title)}**\n{escape(gist)}")
        choices.append(Choice(title[:75], _way(library, id_)))
    return Message(
        "",
        (
            Text(
                say("Nearest to “{words}”:", words=shown)
                if sure
                else say("I may have nothing on “{words}”. The nearest I know:", words=shown)
            ),
            *((Note(say("Read as: {words}", words=mended[:60])),) if mended else ()),
            *(Text(line) for line in lines),
            Picker(say("Open one"), tuple(choices)),
            topics,
        ),
    )


def _gist(library: Library, id_: str, lang: str) -> tuple[str, str]:
    """The title of an entry, and how it begins."""
    if (role := library.roles.get(id_)) is not None:
        return role.name.get(lang), role.summary.get(lang)
    if (sheet := library.worksheet(id_)) is not None:
        return sheet.name.get(lang), _cut(sheet.about.get(lang), 60 if lang == "zh-CN" else 120)
    entry = library.cards.get(id_) or library.prompts[id_]
    return entry.title.get(lang), _cut(entry.body.get(lang), 60 if lang == "zh-CN" else 120)


def _way(library: Library, id_: str) -> Action:
    """A worksheet opens with one's own sheets of it."""
    return SheetsListed(sheet.slug) if (sheet := library.worksheet(id_)) is not None else way_to(id_)


def _cut(text: str, most: int) -> str:
    """The beginning of a text, ended at a word and with an ellipsis where it was longer."""
    if len(text) <= most:
        return text
    head = text[: most - 1]
    return (head.rsplit(" ", 1)[0] if " " in head[most // 2 :] else head).rstrip("，。、：；,.:; ") + "…"


def _listed(cards: Sequence[Card], lang: str) -> Iterator[str]:
    """Titles, with a heading where the group changes."""
    before = ""
    for card in cards:
        group = card.group.get(lang) if card.group else ""
        if group and group != before:
            yield f"**{escape(group)}**"
        before = group
        yield f"• {escape(card.title.get(lang))}"


def _blocks(lines: Sequence[str], most: int = 12) -> Iterator[str]:
    """Lines in readable pieces, each well within a paragraph's limit."""
    for start in range(0, len(lines), most):
        yield "\n".join(lines[start : start + most])


def _pickers(placeholder: str, choices: Sequence[Choice]) -> list[Picker]:
    """One picker, or several where there are more choices than one holds."""
    starts = range(0, len(choices), PICKER_OPTIONS)
    return [Picker(placeholder, tuple(choices[start : start + PICKER_OPTIONS])) for start in starts]
