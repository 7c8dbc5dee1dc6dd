"""Which words a pack never says, and which marks it never holds: no shame, no orders, no links, no mentions."""

from __future__ import annotations

import re

BANNED = {
    "en": re.compile(
        r"\b(should|must|don't forget|fail(?:ed|ure)?|missed|behind|streak|lazy|we noticed)\b", re.IGNORECASE
    ),
    "zh-CN": re.compile(r"应该|必须|别忘|又没|落后|断签|坚持住|失败"),
}
_MARKUP = re.compile(r"<[^>]+>|https?://|www\.|@\w+|\]\(")
_HIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f\u200e\u200f\u202a-\u202e\u2066-\u2069]")  # control and direction marks
_FOLDED = re.compile(r"[\u4e00-\u9fff，。；：！？] +[\u4e00-\u9fff]")
_HINTS = tuple(
    hint.encode()
    for hint in "should must fail missed behind streak lazy < http www. @ ]( "
    "\u200e \u200f \u202a \u202b \u202d \u202e \u2066 \u2067 \u2068 "
    "应该 必须 别忘 又没 落后 断签 坚持住 失败".split()
)
_TYPED = re.compile(rb"^ *(?:aliases|names): \[[^\]]*\]", re.MULTILINE)  # what members may type, not what we say
_PAIRS = ((b"forget", re.compile(rb"don't\s+forget")), (b"noticed", re.compile(rb"we\s+noticed")))


def suspicious(file: bytes) -> bool:
    """Whether a file's words need a look one by one: a quick search for what the rules could complain of."""
    lower = file.lower()
    return _suspicious(lower) and _suspicious(_TYPED.sub(b"", lower))


def _suspicious(lower: bytes) -> bool:
    return any(hint in lower for hint in _HINTS) or any(hint in lower and pair.search(lower) for hint, pair in _PAIRS)


def complaints(text: str, lang: str) -> list[str]:
    """What the rules say against a text, as the end of a sentence that names it.

    >>> complaints("You must read this", "en")
    ["says 'must', which shames or orders: say it as an offer"]
    """
    found: list[str] = []
    if (hit := BANNED[lang].search(text)) is not None:
        found.append(f"says {hit.group()!r}, which shames or orders: say it as an offer")
    if (hit := _MARKUP.search(text)) is not None:
        found.append(f"holds {hit.group()!r}: packs are plain text without links, HTML or mentions")
    if (hit := _HIDDEN.search(text)) is not None:
        found.append(f"holds the invisible character {hit.group()!r}: delete it")
    return found


def broken_by_a_space(text: str) -> str:
    """The first space between two Chinese characters with its neighbours, "" where there is none: what YAML's folding
    of a text over two lines leaves behind."""
    hit = _FOLDED.search(text) if " " in text else None
    return hit.group() if hit else ""
