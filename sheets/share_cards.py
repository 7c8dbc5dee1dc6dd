"""A sheet given out in a channel: exactly what everybody there would see, asked once before it is posted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256

from chat.markup import channel, escape
from chat.message import Button, Divider, Message, Note, Part, People, Picture, Row, Text
from chat.people import Person, Place
from content.document import Card
from content.say import Say
from sheets.buttons import rows
from sheets.naming import shortened
from sheets.review_ways import ReviewShown
from sheets.share_ways import (
    CommentAsked,
    CommentsListed,
    PeopleListed,
    SheetNotPosted,
    SheetPosted,
    SheetShareAsked,
    SheetSharing,
    SheetUnshared,
)
from sheets.shown import inert
from sheets.ways import SheetOpened

REMARKS = 3  # comments that go along
ROW, REMARK = 400, 200  # characters


@dataclass(frozen=True, slots=True)
class Poster:
    """What of a sheet goes out. `remarks`: comments its owner shows; `by`: who posts it."""

    sheet: str
    card: Card
    remarks: tuple[str, ...]
    by: Person
    picture: Picture | None = None

    @property
    def digest(self) -> str:
        """A mark of all its words: what is posted has the mark of what was seen."""
        return sha256(repr((self.card, self.remarks[:REMARKS])).encode()).hexdigest()[:16]


def sharing_card(say: Say, title: str, sheet: str, comments: tuple[int, int]) -> Message:
    """Everything that can be shared, and with whom. `comments`: all, and those nobody has read."""
    buttons = (
        Button(say("Post it in this channel"), SheetShareAsked(sheet), "primary"),
        Button(comments_label(say, comments), CommentsListed(sheet)),
        Button(say("Who is on it"), PeopleListed(sheet)),
        Button(say("A second pair of eyes"), ReviewShown(sheet)),
        Button(say("The whole sheet"), SheetOpened(sheet, here=True)),
    )
    text = say(
        "Nobody sees anything of this sheet unless you share it. Before a channel does, you see what would go out."
    )
    return Message(title, (Text(escape(text)), Row(buttons)))


def comments_label(say: Say, comments: tuple[int, int]) -> str:
    """How many there are, and how many nobody has read."""
    count, new = comments
    return say("Comments: {n}, {new} new", n=count, new=new) if new else say("Comments: {n}", n=count)


def share_preview(say: Say, poster: Poster, place: Place, *, changed: bool = False) -> Message:
    """For its owner's eyes alone. `changed`: since they last looked."""
    first = say("It has changed since. This is how it looks now.") if changed else ""
    asked = say("Everybody in {channel} would see this:", channel=channel(place.id))
    post = [Button(say("Post it there"), SheetPosted(poster.sheet, poster.digest, place.id, words=False), "primary")]
    if poster.picture is not None:
        post.append(Button(say("Only the text"), SheetPosted(poster.sheet, poster.digest, place.id, words=True)))
    post.append(Button(say("Not now"), SheetNotPosted(poster.sheet)))
    left = say(
        "Left out: all other answers, how you came here, and every comment you do not show. Whoever sees it can send "
        "you a comment."
    )
    head = [Text(escape(first))] if first else []
    return Message(
        say("Share in a channel"),
        (*head, Text(asked), Divider(), Text(f"**{inert(_title(poster), 160)}**"), *_shown(say, poster), Divider(),
         Note(left), Row(tuple(post))),
    )  # fmt: skip


def posted_card(say: Say, poster: Poster) -> Message:
    """What everybody in the channel sees."""
    comment = Button(say("Comment"), CommentAsked(poster.sheet))
    return Message(_title(poster), (*_shown(say, poster), Row((comment,))))


def posted_already_card(say: Say, sheet: str, place: str) -> Message:
    """Pressed a second time."""
    text = say("It is posted here, as it stands now. A change on the sheet can be shared anew.")
    stop = Button(say("No more comments from here"), SheetUnshared(sheet, place))
    return Message("", (Text(escape(text)), Row((stop, *_home(say, sheet)[0].items))))


def unshared_card(say: Say, sheet: str) -> Message:
    """Nobody comments from there any more."""
    text = say("Nobody comments from there any more. What was posted stays as it is.")
    return Message("", (Text(escape(text)), *_home(say, sheet)))


def not_posted_card(say: Say, sheet: str) -> Message:
    """Fine."""
    return Message("", (Text(escape(say("Good, nothing is posted."))), *_home(say, sheet)))


def share_elsewhere_card(say: Say, sheet: str) -> Message:
    """In a conversation of few nobody can be meant."""
    text = say(
        "Here nobody but us reads along. `/scope share`, typed in the channel you mean, shows you what would be posted "
        "there before it is."
    )
    return Message("", (Text(text), *_home(say, sheet)))


def share_which_card(say: Say, choices: Sequence[tuple[str, str]]) -> Message:
    """Several sheets are meant by the words, or none. `choices`: (id, title)."""
    buttons = [Button(shortened(title, 70), SheetSharing(id_)) for id_, title in choices[:10]]
    text = say("Which sheet would you like to share?") if buttons else say("You have no sheet yet.")
    return Message("", (Text(escape(text)), *rows(buttons)))


def _shown(say: Say, poster: Poster) -> list[Part]:
    """The picture, and the same in words: who cannot see the one reads the other."""
    card, found = poster.card, list[Part]()
    if poster.picture is not None:
        found.append(poster.picture)
    lines = [f"**{inert(label, 60)}** {inert(text or card.blank, ROW)}" for label, text in card.rows]
    if card.badge:
        lines.append(inert(card.badge, 100))
    if card.dots:
        lines.append(escape("  ".join(f"{'●' if dot.filled else '○'} {shortened(dot.label, 40)}" for dot in card.dots)))
    found += [Text("\n".join(lines))] if lines else []
    for text in poster.remarks[:REMARKS]:
        found.append(Text(f"{escape(say('Second pair of eyes'))} · _{inert(text, REMARK)}_"))
    found += [People((poster.by,)), Note(shortened(f"{card.kicker} · {card.foot}", 300))]
    return found


def _title(poster: Poster) -> str:
    return shortened(poster.card.title or poster.card.blank, 150)


def _home(say: Say, sheet: str) -> tuple[Row]:
    return (Row((Button(say("The whole sheet"), SheetOpened(sheet, here=True)),)),)
