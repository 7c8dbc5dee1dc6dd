"""Reads the forms of seekers and hosts into their profiles, and a profile back into a form."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace

from chat.errors import Mistakes
from chat.form import Answers, Form
from chat.markup import clean
from commands._call import Call
from commands._hours import read_hours
from content import interview_forms as forms
from content.interview_forms import Filled
from content.interview_ways import Side
from content.interview_words import LANGUAGES, hours_text
from content.say import Say
from store.hosts import Host
from store.seekers import Availability, Format, Hours, Seeker

_HANDLES = "wechat|weixin|微信|whatsapp|telegram|signal|skype|discord|instagram|kakao(?:talk)?|qq"
CONTACT = re.compile(
    r"\S+@\S+\.\S|https?://|www\.|(?<!\w)@\w{2,}|\bt\.me/|\bwa\.me/|[\w-]\.[a-z]{2,6}/\w|\w{2}#\d{4}\b"
    r"|\w\s*[([]?\bat\b[)\]]?\s*\w+\s*[([]?\bdot\b[)\]]?\s*\w"
    rf"|(?:{_HANDLES})\s*(?:id|号)?\s*[:：=]\s*\w|\bqq\s*\d{{5}}"
    r"|(?<!\d)(?!(?:19|20)\d\d\s*[-–]\s*(?:19|20)\d\d(?!\d))(?:\+|00)?\d(?:[\s().-]?\d){6,}",
    re.IGNORECASE,
)
"""An address, a number, or a name elsewhere; a span of years is none."""
_ALWAYS = frozenset({"any", "always", "any time", "anytime", "随时", "都可以", "都行", "任何时间"})
FORMATS: dict[str, Format] = {"call": "call", "chat": "chat", "async": "async"}


def filled(call: Call, seeker: Seeker | None, host: Host | None, side: Side) -> Filled:
    """What is known of somebody, that side first, so that nobody types a thing twice."""
    seeks = side == "seeker"
    one = (seeker or host) if seeks else (host or seeker)
    if one is None:
        own = call.say.lang.partition("-")[0]
        return Filled(role=call.member.role or "", languages={own, "en"} if own != "en" else {own})
    hours = {"any": call.say("any"), "waking": ""}.get(one.availability, hours_text(call.say, one.hours))
    made = Filled(
        call_me=one.call_me, role=one.role or "", languages=one.languages, hours=hours, industry=one.industry or "",
        topics=one.topics, paths=one.paths, school=one.school or "", company=one.company or "", team=one.team or "",
        native=one.native or "",
    )  # fmt: skip
    if seeks and seeker:
        return replace(
            made, second=seeker.second or "", curiosities="\n".join(seeker.curiosities), format=seeker.format,
            companies="\n".join(seeker.companies),
        )  # fmt: skip
    if not seeks and host:
        return replace(made, about=host.about, capacity=str(host.capacity))
    return replace(made, role="" if seeks else call.member.role or made.role)


def seeker_form(call: Call, seeker: Seeker | None, host: Host | None, role: str = "") -> Form:
    """The first form of a search, filled with what is known."""
    known = filled(call, seeker, host, "seeker")
    return forms.seeker_form(call.say, call.library, replace(known, role=role) if role else known)


def host_form(call: Call, seeker: Seeker | None, host: Host | None) -> Form:
    """The first form of an offer, filled with what is known, also from one's own search."""
    return forms.host_form(call.say, call.library, filled(call, seeker, host, "host"))


def typed(answers: Answers) -> Filled:
    """What came back, as a form can show it again."""
    return Filled(
        call_me=_line(answers, "call_me"), role=answers.text("role"), second=answers.text("second"),
        curiosities=clean(answers.text("curiosities")), about=_line(answers, "about"),
        languages=answers.chosen("languages"), format=answers.text("format"), capacity=answers.text("capacity"),
        hours=_line(answers, "hours"), industry=answers.text("industry"), topics=answers.chosen("topics"),
        paths=answers.chosen("paths"), school=_line(answers, "school"), company=_line(answers, "company"),
        companies=clean(answers.text("companies")), team=_line(answers, "team"), native=answers.text("native"),
    )  # fmt: skip


def read_seeker(call: Call, answers: Answers, was: Seeker) -> Seeker:
    """The first form in a profile. Raises Mistakes with what was typed still in the form."""
    say, given = call.say, typed(answers)
    lines = _lines(given.curiosities)
    wrong = _wrong(call, given)
    if not 1 <= len(lines) <= forms.CURIOSITIES or any(len(line) > forms.CURIOSITY for line in lines):
        wrong["curiosities"] = say("One to three lines of at most {most} characters, please.", most=forms.CURIOSITY)
    if CONTACT.search(given.curiosities):
        wrong["curiosities"] = no_contacts(say)
    if wrong:
        raise Mistakes(wrong, forms.seeker_form(say, call.library, given))
    return replace(
        was, call_me=given.call_me, role=given.role, curiosities=lines, languages=frozenset(given.languages),
        format=FORMATS.get(given.format, "call"), external=call.profile.external,
    )  # fmt: skip


def read_host(call: Call, answers: Answers, was: Host) -> Host:
    """As `read_seeker`."""
    say, given = call.say, typed(answers)
    wrong = _wrong(call, given)
    if len(given.about) > forms.ABOUT:
        wrong["about"] = say("At most {most} characters, please.", most=forms.ABOUT)
    if CONTACT.search(given.about):
        wrong["about"] = no_contacts(say)
    if wrong:
        raise Mistakes(wrong, forms.host_form(say, call.library, given))
    capacity = int(given.capacity) if given.capacity in {"1", "2", "3", "4"} else 1
    return replace(
        was, call_me=given.call_me, role=given.role, about=given.about, languages=frozenset(given.languages),
        capacity=capacity, external=call.profile.external,
    )  # fmt: skip


def read_times(call: Call, answers: Answers, side: Side) -> tuple[Availability, Hours]:
    """Hours as they count. Raises Mistakes, also for too many of a host's topics."""
    given = typed(answers)
    wrong: dict[str, str] = {}
    availability, hours = read_availability(given.hours)
    if availability is None:
        wrong["hours"] = call.say("I read times such as: weekdays 18:00-20:00, Sat 10-12.")
    if side == "host" and len(given.topics) > forms.TOPICS:
        wrong["topics"] = call.say("At most {most}, please.", most=forms.TOPICS)
    if wrong or availability is None:
        raise Mistakes(wrong, forms.times_form(call.say, call.library, side, given))
    return availability, hours


def read_ground(call: Call, answers: Answers, side: Side) -> Filled:
    """Names as typed, each without doubled spaces. Raises Mistakes."""
    given = typed(answers)
    if CONTACT.search(" ".join((given.school, given.company, given.team, given.companies))):
        form: Form = forms.ground_form(call.say, side, given)
        raise Mistakes({"company": no_contacts(call.say)}, form)
    return given


def companies(text: str) -> tuple[str, ...]:
    """Up to five names, one a line or between commas."""
    return tuple(dict.fromkeys(_lines(re.sub("[,，、;；]", "\n", text))))[:5]


def _wrong(call: Call, given: Filled) -> dict[str, str]:
    say, wrong = call.say, dict[str, str]()
    if not 1 <= len(given.call_me) <= forms.NAME:
        wrong["call_me"] = say("Between 1 and {most} characters, please.", most=forms.NAME)
    elif not _readable(given.call_me):
        wrong["call_me"] = say("A name that can be read, please.")
    if CONTACT.search(given.call_me):
        wrong["call_me"] = no_contacts(say)
    if given.role not in call.library.roles:
        wrong["role"] = say("One of these, please.")
    if not given.languages or not set(given.languages) <= set(LANGUAGES):
        wrong["languages"] = say("At least one language, please.")
    return wrong


def no_contacts(say: Say) -> str:
    """Said where CONTACT is found."""
    return say("No addresses or numbers here, please: once you have met, you share what you like yourselves.")


def read_availability(text: str) -> tuple[Availability | None, Hours]:
    """Weekly times as typed; no availability where they are not understood."""
    if not text:
        return "waking", ()
    if text.casefold() in _ALWAYS:
        return "any", ()
    found = read_hours(text)
    return ("stated", found) if found else (None, ())


def _line(answers: Answers, key: str) -> str:
    return " ".join(clean(answers.text(key)).split())


def _lines(text: str) -> tuple[str, ...]:
    stripped = (re.sub(r"^[-•*]+ ", "", " ".join(line.split())).strip() for line in clean(text).split("\n"))
    return tuple(line for line in stripped if _readable(line))


def _readable(text: str) -> bool:
    """Whether a letter, a number or a sign of some kind stands in it: marks without width alone are nothing to read."""
    return any(unicodedata.category(sign)[0] in "LNS" for sign in text)
