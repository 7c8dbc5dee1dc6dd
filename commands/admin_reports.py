"""/admin reports: the moderators' queue, one a page; about whom, never from whom, and not to whom it is about."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from chat.action import Action
from chat.errors import Tellable
from chat.form import Answers, Ask, Choose, Form
from chat.markup import clean
from chat.message import Button, Message, Note, Row, Text
from chat.platform import Edit, Reply
from commands._call import Call
from commands._matching import kindly
from commands._notes import sealed
from commands._owners import owners_only
from commands._registry import _, answers, command
from content.letters import subject_of
from content.safety_cards import Shown, report_parts
from content.safety_cards import answers as may_read
from content.say import Say
from store import Tx
from store.deliveries import NewDelivery
from store.member_hours import zone_of
from store.reports import Report

OUTCOME = 300


@dataclass(frozen=True)
class ReportPage(Action, name="report-page"):
    """Turn this message to the report after this one; "" is the oldest."""

    after: str


@dataclass(frozen=True)
class ReportSeen(Action, name="report-seen"):
    """I look after this one."""

    report: str


@dataclass(frozen=True)
class ReportClosing(Action, name="report-closing"):
    """Open the form about what was done."""

    report: str


@dataclass(frozen=True)
class ReportClosed(Action, name="report-closed"):
    """What was done came back."""

    report: str


@command("admin reports", _("Owners: what members reported to the moderators"), owner=True)
async def reports(call: Call) -> Message:
    """The oldest open one."""
    async with call.store.begin() as tx:
        return await _page(tx, call, "")


@answers(ReportPage)
async def page(call: Call, pressed: ReportPage) -> Reply:
    """The next one."""
    owners_only(call)
    async with call.store.begin() as tx:
        return Edit(await _page(tx, call, pressed.after))


@answers(ReportSeen)
async def seen(call: Call, pressed: ReportSeen) -> Reply:
    """Other moderators see that somebody looks after it."""
    owners_only(call)
    with kindly(call.say):
        async with call.store.begin() as tx:
            report = await _known(tx, call, pressed.report)
            if report.state == "open":
                await tx.reports.handle(report.space, report.id, ["open"], "seen", call.person, call.now)
    async with call.store.begin() as tx:
        return Edit(await _page(tx, call, "", at=pressed.report))


@answers(ReportClosing)
async def closing(call: Call, pressed: ReportClosing) -> Reply:
    """What was done, for those who moderate after you."""
    owners_only(call)
    async with call.store.begin() as tx:
        await _known(tx, call, pressed.report)
    return outcome_form(call.say, pressed.report)


@answers(ReportClosed)
async def closed(call: Call, given: ReportClosed, typed: Answers) -> Reply:
    """Out of the queue; it stays on record."""
    owners_only(call)
    outcome, said = " ".join(clean(typed.text("outcome")).split())[:OUTCOME], typed.text("answer")
    with kindly(call.say):
        async with call.store.begin() as tx:
            report = await _known(tx, call, given.report)
            if report.state != "closed":
                await tx.reports.handle(
                    report.space, report.id, ["open", "seen"], "closed", call.person, call.now, outcome=outcome or None
                )
                await _answer(tx, report, said if said in dict(may_read(call.say)) else "only", call.now)
            return Edit(await _page(tx, call, ""))


async def _answer(tx: Tx, report: Report, said: str, now: datetime) -> None:
    """A letter to whoever reported, when they are still here; it goes out by day, and its moment tells nobody."""
    reporter = await tx.reports.reporter(report.space, report.id)
    member = (await tx.members.of([reporter])).get(reporter) if reporter else None
    if member is None or member.left_at is not None:
        return
    day = now.astimezone(ZoneInfo(zone_of(member))).date()
    subject = subject_of("report-answer", f"{report.id}/{said}")
    await tx.deliveries.plan([NewDelivery(member.person, "letter", day, now, subject=subject)])


async def _known(tx: Tx, call: Call, id_: str) -> Report:
    with sealed(call.say):
        report = await tx.reports.get(call.person.space, id_)
    if report is None or report.about == call.person:
        raise Tellable(call.say("There is no such report here."))
    return report


async def _page(tx: Tx, call: Call, after: str, at: str = "") -> Message:
    """The report after one, or a certain one; round again at the end."""
    with sealed(call.say):
        found = await tx.reports.queue(call.person.space)
    queue = [report for report in found if report.about != call.person]
    ids = [report.id for report in queue]
    if not queue:
        return no_reports_card(call.say)
    place = ids.index(at) if at in ids else (ids.index(after) + 1) % len(ids) if after in ids else 0
    report = queue[place]
    shown = Shown(
        report.id, report.about, report.reason, report.words, call.say.date(report.at.date()),
        await tx.reports.counts(report.about) if report.about else 0,
    )  # fmt: skip
    return report_card(call.say, shown, place + 1, len(queue), seen=report.state == "seen")


def no_reports_card(say: Say) -> Message:
    """Nothing waits."""
    return Message("", (Text(say("No report waits for you.")),))


def report_card(say: Say, report: Shown, place: int, count: int, *, seen: bool) -> Message:
    """One of the queue."""
    row = [] if seen else [Button(say("I look after it"), ReportSeen(report.id), "primary")]
    row.append(Button(say("Close it"), ReportClosing(report.id)))
    if count > 1:
        row.append(Button(say("Next"), ReportPage(report.id)))
    note = (Note(say("Somebody looks after it.")),) if seen else ()
    title = say("Report {n} of {count}", n=place, count=count)
    return Message(title, (*report_parts(say, report, Row(tuple(row))), *note))


def outcome_form(say: Say, report: str) -> Form:
    """One line for moderators, one for whoever reported."""
    ask = Ask("outcome", say("What was done about it?"), required=False, long=True, most=OUTCOME,
              hint=say("for the moderators after you; members do not read it"))  # fmt: skip
    options = may_read(say)
    read = Choose("answer", say("What may whoever wrote it read?"), options, chosen=(options[0][0],))
    return Form(say("Close this report"), (ask, read), ReportClosed(report), say("Close it"))
