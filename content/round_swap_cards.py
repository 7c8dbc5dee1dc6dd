"""Two members of a round change places: who, what it would cost, and a no that gives no reason."""

from __future__ import annotations

from chat.action import Action
from chat.form import Ask, Form
from chat.markup import escape
from chat.message import Button, Choice, Message, Note, Part, Picker, Row, Text
from content import round_words as words
from content.round_cards import Preview, Who, choice_label
from content.round_ways import RoundShown, RoundSwapped, RoundSwapTried, RoundSwapTyped, RoundSwapWith, tag
from content.say import Say


def swap_with_card(say: Say, shown: Preview, one: Who) -> Message:
    """With whom shall they change places? A page of those in other groups."""
    others = [(item, who) for item in shown.items for who in item.who if one not in item.who]
    text = say("With whom shall **{name}** change places?", name=escape(one.short))
    parts: list[Part] = [Text(text)]
    if others:
        choices = tuple(
            Choice(
                choice_label(say, item, who), RoundSwapTried(shown.programme, shown.version, tag(one.id), tag(who.id))
            )
            for item, who in others[:25]
        )
        parts.append(Picker(say("Choose somebody"), choices))

    def turn(page: int) -> Action:
        return RoundSwapWith(shown.programme, shown.version, tag(one.id), page)

    row = [Button(say("Back"), RoundShown(shown.programme, 1))]
    if shown.page > 1:
        row.append(Button(say("Earlier"), turn(shown.page - 1)))
    if shown.page < shown.pages:
        row.append(Button(say("More"), turn(shown.page + 1)))
    return Message("", (*parts, Row(tuple(row))))


def names_form(say: Say, programme: str, version: int) -> Form:
    """Two names, typed."""
    return Form(
        say("Swap two members"),
        (
            Ask("one", say("First name of one"), hint=say("as it stands in the preview"), most=80),
            Ask("other", say("First name of the other"), most=80),
        ),
        RoundSwapTyped(programme, version),
        say("Show me"),
    )


def tried_card(
    say: Say, programme: str, version: int, one: Who, other: Who, *, score: int, cost: int, repeats: int, left: bool
) -> Message:
    """What it would change, before it is done. `left`: one of the two is left out in the place of the other."""
    lines = [
        say("**{one}** and **{other}** change places:", one=escape(one.short), other=escape(other.short)),
        say("{points} of fit.", points=words.points(say, score)),
        say("Cost of the round: {change}; less is better.", change=f"{cost:+,}".replace("-", "−")),
        say("Nobody is left out more.") if not left else say("One of them is left out in the place of the other."),
    ]
    if repeats:
        lines.append(say.plural("{n} more pair that met lately.", "{n} more pairs that met lately.", repeats))
    row = Row(
        (
            Button(say("Do it"), RoundSwapped(programme, version, tag(one.id), tag(other.id)), "primary"),
            Button(say("Leave it"), RoundShown(programme, 1)),
        )
    )
    return Message("", (Text(lines[0]), Text(escape("\n".join(f"• {line}" for line in lines[1:]))), row))


def swap_refused_card(say: Say, programme: str, one: Who, other: Who) -> Message:
    """The two cannot change places; why is not said, whatever it is."""
    text = say(
        "**{one}** and **{other}** cannot change places in this round.",
        one=escape(one.short),
        other=escape(other.short),
    )
    note = say("Languages, hours, teams and what members wished for decide it; which of them is not shown.")
    return Message("", (Text(text), Note(note), Row((Button(say("Back"), RoundShown(programme, 1)),))))
