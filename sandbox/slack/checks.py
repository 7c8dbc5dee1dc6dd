"""Small checks of JSON that complain by path: the words `sandbox.slack.blocks` is written in. Pure."""

# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false, reportUnknownArgumentType=false
# (this file judges JSON of any shape: that is its purpose)

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

Complaints = list[str]
Check = Callable[[Any, str, Complaints], None]
PLAIN = ("plain_text",)
BOTH = ("plain_text", "mrkdwn")


def text(most: int, *kinds: str) -> Check:
    """A text object of the given kinds."""

    def check(value: Any, at: str, out: Complaints) -> None:
        if not isinstance(value, dict) or not isinstance(value.get("type"), str) or value["type"] not in kinds:
            out.append(f"{at}: must be a {' or '.join(kinds)} object")
            return
        if extra := set(value) - {"type", "text", "emoji", "verbatim"}:
            out.append(f"{at}: unknown field {min(extra)}")
        if not isinstance(value.get("text"), str) or not 1 <= len(value["text"]) <= most:
            out.append(f"{at}/text: must be 1 to {most} characters")
        if value["type"] == "mrkdwn" and "emoji" in value:
            out.append(f"{at}/emoji: not allowed with mrkdwn")
        if value["type"] == "plain_text" and "verbatim" in value:
            out.append(f"{at}/verbatim: not allowed with plain_text")

    return check


def string(most: int, least: int = 1) -> Check:
    """A plain string."""

    def check(value: Any, at: str, out: Complaints) -> None:
        if not isinstance(value, str) or not least <= len(value) <= most:
            out.append(f"{at}: must be {least} to {most} characters")

    return check


def pattern(expression: str, what: str) -> Check:
    """A string of a given form."""
    compiled = re.compile(expression)

    def check(value: Any, at: str, out: Complaints) -> None:
        if not isinstance(value, str) or not compiled.fullmatch(value):
            out.append(f"{at}: must be {what}")

    return check


def url(most: int = 3000) -> Check:
    """An absolute http or https address."""

    def check(value: Any, at: str, out: Complaints) -> None:
        if not isinstance(value, str) or len(value) > most or not re.fullmatch(r"https?://\S+", value):
            out.append(f"{at}: must be a valid URL of at most {most} characters")

    return check


def boolean(value: Any, at: str, out: Complaints) -> None:
    """true or false."""
    if not isinstance(value, bool):
        out.append(f"{at}: must be true or false")


def whole(value: Any, at: str, out: Complaints) -> None:
    """0, 1, 2 …"""
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        out.append(f"{at}: must be a whole number")


def moment(value: Any, at: str, out: Complaints) -> None:
    """Unix seconds, ten digits."""
    if not isinstance(value, int) or isinstance(value, bool) or not 10**9 <= value < 10**10:
        out.append(f"{at}: must be a Unix timestamp of 10 digits")


def number(value: Any, at: str, out: Complaints) -> None:
    """An int or a float."""
    if not isinstance(value, int | float) or isinstance(value, bool):
        out.append(f"{at}: must be a number")


def one_of(*allowed: str) -> Check:
    """One of these words."""

    def check(value: Any, at: str, out: Complaints) -> None:
        if not isinstance(value, str) or value not in allowed:
            out.append(f"{at}: must be one of {', '.join(allowed)}")

    return check


def listed(least: int, most: int, each: Check) -> Check:
    """A list of so many."""

    def check(value: Any, at: str, out: Complaints) -> None:
        if not isinstance(value, list) or not least <= len(value) <= most:
            out.append(f"{at}: must have {least} to {most} items")
            return
        for index, item in enumerate(value):
            each(item, f"{at}/{index}", out)

    return check


def obj(required: dict[str, Check], optional: dict[str, Check] | None = None, *, kind: bool = False) -> Check:
    """An object with exactly these fields; with `kind`, `type` was looked at already."""
    known = required | (optional or {})

    def check(value: Any, at: str, out: Complaints) -> None:
        if not isinstance(value, dict):
            out.append(f"{at}: must be an object")
            return
        for missing in set(required) - set(value):
            out.append(f"{at}: missing required field: {missing}")
        for key, item in value.items():
            if key == "type" and kind:
                continue
            if key not in known:
                out.append(f"{at}: invalid additional property: {key}")
            else:
                known[key](item, f"{at}/{key}", out)

    return check


def kinds(table: dict[str, Check], what: str) -> Check:
    """An object judged by its `type`."""

    def check(value: Any, at: str, out: Complaints) -> None:
        kind = value.get("type") if isinstance(value, dict) else None
        if not isinstance(kind, str) or kind not in table:
            out.append(f"{at}: unsupported {what}: {kind}")
        else:
            table[kind](value, at, out)

    return check


def also(first: Check, then: Check) -> Check:
    """Both, the second only when the first had nothing to say."""

    def check(value: Any, at: str, out: Complaints) -> None:
        before = len(out)
        first(value, at, out)
        if len(out) == before:
            then(value, at, out)

    return check


def exactly_one(*names: str) -> Check:
    """Of these fields one and only one is there."""

    def check(value: Any, at: str, out: Complaints) -> None:
        if sum(1 for name in names if value.get(name)) != 1:
            out.append(f"{at}: needs exactly one of {', '.join(names)}")

    return check
