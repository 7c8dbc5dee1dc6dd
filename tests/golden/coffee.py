"""What coffee rounds say, to members and to owners: a part of `tests.golden.messages`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from chat.form import Form
from chat.message import Message
from chat.people import Person, Space
from content import coffee_cards as cards
from content import coffee_forms as forms
from content import coffee_letters as letters
from content import programme_cards as programmes
from content.introduction_parts import Side
from content.say import Say
from tests.golden.letters import AT, HOSTILE, ON, SLOTS

CHANNEL = "C02GENERAL"
FACTS = ({"term": "hours", "hours": 6.5}, {"term": "teams"}, {"term": "native"}, {"term": "chance"})
ZONES = (("London", "Europe/London"), ("Shanghai", "Asia/Shanghai"))


def coffee(say: Say) -> Mapping[str, Message | Form]:
    """By the name of the function that makes it."""
    makers = Space("slack", "T01MAKERS")
    ada = Side(Person(makers, "U001"), "Ada", "Europe/London", ("**Ada** · data team", "English"))
    kofi = Side(Person(makers, "U003"), HOSTILE, "Africa/Accra", ("**Kofi**",))
    lin = Side(Person(makers, "U002"), "林雨", "Asia/Shanghai", ("**林雨**", "中文"))
    now = cards.Now(channel=CHANNEL, standing="in", next="Tuesday", meeting=(ON.introduction, ("Kofi", HOSTILE)))
    listed = programmes.Listed(
        programme=f"coffee:{CHANNEL}", name="Coffee", channel=CHANNEL, on=True, rhythm="Every week, Tuesday 12:00",
        size=2, people=7, approve=True, next="Tuesday",
    )  # fmt: skip
    circles = replace(listed, programme="circles", name="Circles", channel="", on=False, size=4, people=1)
    filled = forms.Person(call_me=HOSTILE, languages={"en", "zh"}, hours="any", stage="2", team="data")
    rounds = forms.Rounds(cadence="1", when="Tuesday 12:00", size="3", who="different", approve="yes")
    return {
        "soon_card.coffee": letters.soon_card(say, CHANNEL, ON.letter, "Tuesday, 12:00"),
        "intro_card.coffee": letters.intro_card(say, ON, (ada, kofi), FACTS, SLOTS, AT),
        "intro_card.coffee-three": letters.intro_card(say, ON, (ada, kofi, lin), (), SLOTS[:1], AT),
        "alone_card.coffee": letters.alone_card(say, ON, ada, (kofi, lin), FACTS, (), AT),
        "how_card.coffee": letters.how_card(say, ON, (kofi, lin)),
        "soon_card.coffee-by": letters.soon_card(say, CHANNEL, ON.letter, "Tuesday, 12:00", by=True),
        "intro_card.coffee-grown": letters.intro_card(say, ON, (ada, kofi, lin), (), SLOTS[:1], AT, grown=True),
        "off_card.coffee": letters.off_card(say, CHANNEL, ON.letter),
        "gone_card.coffee": letters.gone_card(say, CHANNEL, ON.letter),
        "left_card.coffee": letters.left_card(
            say, CHANNEL, ON.letter, "hours", SLOTS[:2], "Asia/Shanghai", "Tuesday", door=True
        ),
        "left_card.coffee-taken": letters.left_card(say, CHANNEL, ON.letter, "taken", (), "UTC", "", door=False),
        "status_card.coffee": cards.status_card(say, now),
        "status_card.coffee-out": cards.status_card(say, replace(now, standing="out", meeting=None), ZONES),
        "status_card.coffee-paused": cards.status_card(
            say, replace(now, standing="paused", until="4 May", meeting=None)
        ),
        "status_card.coffee-skipped": cards.status_card(say, replace(now, standing="skipped", waiting=True)),
        "kept_card.coffee": cards.kept_card(say, CHANNEL, "Tuesday", late=False, zones=ZONES),
        "kept_card.coffee-late": cards.kept_card(say, CHANNEL, "", late=True, zones=()),
        "kept_card.coffee-by": cards.kept_card(say, CHANNEL, "Tuesday", by=True, reminds=False, late=False, zones=()),
        "kept_card.coffee-late-by": cards.kept_card(say, CHANNEL, "Tuesday", by=True, late=True, zones=()),
        "which_card.coffee": cards.which_card(say, [(CHANNEL, "general"), ("C03", HOSTILE)]),
        "skipped_card.coffee": cards.skipped_card(say, CHANNEL),
        "skipped_card.coffee-again": cards.skipped_card(say, CHANNEL, again=True),
        "pause_card.coffee": cards.pause_card(say, CHANNEL),
        "paused_card.coffee": cards.paused_card(say, CHANNEL, "4 May"),
        "leave_card.coffee": cards.leave_card(say, CHANNEL),
        "left_card.coffee-left": cards.left_card(say, CHANNEL),
        "heard_card.coffee": cards.heard_card(say, "met"),
        "heard_card.coffee-not-yet": cards.heard_card(say, "not_yet"),
        "heard_card.coffee-missed": cards.heard_card(say, "missed"),
        "coffee_form": forms.coffee_form(say, CHANNEL, filled),
        "coffees_form": forms.coffees_form(say, CHANNEL, rounds),
        "circles_form": forms.circles_form(say, rounds),
        "rounds_card": programmes.rounds_card(say, CHANNEL, (listed, circles)),
        "rounds_card.ended": programmes.rounds_card(say, CHANNEL, (replace(listed, on=False),), ended=True),
        "rounds_card.none": programmes.rounds_card(say, CHANNEL, ()),
        "rounds_card.direct": programmes.rounds_card(
            say, "", (replace(listed, name=say("Coffees"), elsewhere=True), circles)
        ),
        "kept_card.rounds": programmes.kept_card(say, listed),
        "kept_card.rounds-circles": programmes.kept_card(say, circles),
        "invitation_card": programmes.invitation_card(say, CHANNEL, "Every week, Tuesday 12:00"),
    }
