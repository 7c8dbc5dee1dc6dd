"""What stories about scope sheets begin with."""

from __future__ import annotations

from chat.form import Choose
from sheets.sheet import Sheet
from store import Store
from tests.commands.desk import Desk

PROBLEM = {
    "who": "Shop managers of a bakery chain",
    "wishes": "Managers guess tomorrow's bread and throw a third away",
    "why_not": "Weather and holidays change it every day",
    "asked": "Two managers",
    "field": "other",
}
IDEAS = {
    "ideas": "A table of last year's same weekday\nA forecast from tills and weather",
    "baseline": "Last week's day",
}
METRICS = {
    "ml": "Error of tomorrow's forecast", "ml_values": "31 % → 18 %", "business": "Bread thrown away",
    "business_values": "40 kg → 15 kg a day", "date": "2027-05-31",
}  # fmt: skip
BUDGET = {
    "data": "Tills of two years", "people": "One engineer", "time": "8 weeks, 3 of them for further tries",
    "integrations": "The order form", "help": "Half a day a month to look for drift after launch",
}  # fmt: skip


async def to_the_second_step(desk: Desk) -> None:
    """The gate and the problem."""
    await desk.type("scope", "new")
    for answer in ("Yes", "No", "Yes"):
        await desk.press(answer)
    await desk.press("Next step")
    await desk.fill(PROBLEM)


async def to_the_end(desk: Desk) -> None:
    """All five, without a word that a check would ask about."""
    await to_the_second_step(desk)
    if desk.form is None:
        await desk.press("Next step")
    await desk.fill(IDEAS)
    await desk.press("Next step")
    for n, evidence in ((0, "Published"), (1, "A competitor")):
        await desk.act(wires(desk, evidence)[n])
    await desk.press("To the step")
    await desk.press("Pick one idea")
    await desk.fill({"picked": (line(desk, "picked", 1),)})
    while "Keep it as it is" in desk.labels():
        await desk.press("Keep it as it is")
    await desk.press("Next step: 4")
    await desk.fill(METRICS)
    while "Keep it as it is" in desk.labels():
        await desk.press("Keep it as it is")
    if desk.form is None:
        await desk.press("Next step: 5")
    await desk.fill(BUDGET)


def wires(desk: Desk, label: str) -> list[str]:
    """What every control of this label carries, in reading order."""
    return [wire for shown, wire in desk.controls() if shown.startswith(label)]


def line(desk: Desk, key: str, n: int) -> str:
    """The how manyth line of a list a form chooses among, as it is chosen."""
    assert desk.form is not None
    question = next(one for one in desk.form.questions if one.key == key)
    assert isinstance(question, Choose)
    return question.options[n][0]


async def only(store: Store, desk: Desk) -> Sheet:
    """The member's one sheet."""
    async with store.begin() as tx:
        (sheet,) = await tx.sheets.of(desk.person, states=("open", "done", "away"))
    return sheet
