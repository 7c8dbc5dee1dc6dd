"""In which language several people read the same words."""

from __future__ import annotations

from collections.abc import Iterable

from content.say import Say, pick_language, speaker
from store.members import Member


def speaker_for_all(readers: Iterable[Member], otherwise: str = "en") -> Say:
    """The language all of them read, else `otherwise`."""
    languages = {pick_language(member.language, member.locale) for member in readers}
    return speaker(languages.pop() if len(languages) == 1 else otherwise)
