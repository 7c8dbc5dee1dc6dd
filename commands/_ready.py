"""Nine ready tiny acts for each track, each within ten seconds: what a first recipe can be picked from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time

from commands._registry import _
from content.say import Say


@dataclass(frozen=True, slots=True)
class Ready:
    """`id` stands in buttons: add, never change."""

    id: str
    text: str


_READY: dict[str, tuple[Ready, ...]] = {
    "learn": (
        Ready("l1", _("open the course tab")),
        Ready("l2", _("read one sentence of my notes")),
        Ready("l3", _("write down one question")),
        Ready("l4", _("open the paper on my list")),
        Ready("l5", _("say one new term out loud")),
        Ready("l6", _("start the next video")),
        Ready("l7", _("put the textbook on the table")),
        Ready("l8", _("look up one word I was unsure of")),
        Ready("l9", _("name one thing I learned yesterday")),
    ),
    "build": (
        Ready("b1", _("open the project folder")),
        Ready("b2", _("run what I have once")),
        Ready("b3", _("write the next to-do in one line")),
        Ready("b4", _("open the notebook")),
        Ready("b5", _("read one line of my own code")),
        Ready("b6", _("look at one row of the data")),
        Ready("b7", _("give one file a better name")),
        Ready("b8", _("open the list of issues")),
        Ready("b9", _("say in one sentence who this is for")),
    ),
    "job": (
        Ready("j1", _("open my CV")),
        Ready("j2", _("open one job advert")),
        Ready("j3", _("name one person I could ask")),
        Ready("j4", _("open my profile page")),
        Ready("j5", _("write one word about what I did today")),
        Ready("j6", _("save one team I like")),
        Ready("j7", _("open a draft to somebody I know")),
        Ready("j8", _("say one thing I am good at")),
        Ready("j9", _("look at one portfolio")),
    ),
}
_HOURS = {
    "brush-teeth": time(7, 30), "board-train": time(8, 0), "sit-at-desk": time(9, 0), "open-laptop": time(9, 0),
    "open-chat": time(9, 0), "open-mail": time(9, 0), "close-meeting": time(10, 30), "finish-lunch": time(13, 0),
    "finish-class": time(16, 0), "open-textbook": time(19, 0), "close-laptop": time(18, 0),
}  # fmt: skip


def ready_for(track: str) -> tuple[Ready, ...]:
    """Nine of the track; without one, three of each."""
    return _READY.get(track) or tuple(one for ready in _READY.values() for one in ready[:3])


def ready_text(say: Say, id_: str) -> str:
    """The words of one; "" when there is no such."""
    found = next((one for ready in _READY.values() for one in ready if one.id == id_), None)
    return say.look_up(found.text) if found else ""


def usual_hour(anchor: str, otherwise: time) -> time:
    """When such a moment usually is, as a first guess in the form."""
    return _HOURS.get(anchor, otherwise)
