"""The world's larger cities and their clocks: how members name where they are. The table is `cities.txt`."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_TABLE = Path(__file__).with_name("cities.txt")
_LETTERS = str.maketrans({
    "ł": "l", "ø": "o", "đ": "d", "ð": "d", "ı": "i", "æ": "ae", "œ": "oe", "ß": "ss", "þ": "th", "ħ": "h", "ə": "a",
})  # fmt: skip  # those that are no letter with an accent


@dataclass(frozen=True, slots=True)
class Country:
    """A country, or what has a code like one. `also`: other names, to be found by."""

    code: str
    name: str
    chinese: str
    also: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """A city. `chinese` may be empty; `state`: of the USA, two letters; `country` is empty where only the zone's name
    is known."""

    name: str
    chinese: str
    country: str
    state: str
    zone: str
    also: tuple[str, ...] = ()

    def called(self, lang: str) -> str:
        """Its name in a language."""
        return (lang == "zh-CN" and self.chinese) or self.name


@dataclass(frozen=True, slots=True)
class Cities:
    """The table. `places`: the largest first. `states`: those of the USA, code -> name."""

    countries: Mapping[str, Country]
    states: Mapping[str, str]
    places: tuple[Place, ...]
    named_after: Mapping[str, Place]

    def of(self, zone: str) -> Place:
        """The city a zone is named after or, where the table has none of that name, the largest of the zone."""
        return self.named_after.get(zone) or Place(zone_name(zone), "", "", "", zone)


@cache
def cities() -> Cities:
    """Read once, when somebody first asks: a few megabytes."""
    sections: dict[str, list[list[str]]] = {}
    lines: list[list[str]] = []
    for line in _TABLE.read_text(encoding="utf-8").splitlines():
        if line.startswith("="):
            lines = sections.setdefault(line.removeprefix("= "), [])
        elif not line.startswith("#"):
            lines.append(line.split("\t"))
    countries = {
        code: Country(code, name, chinese, _several(also)) for code, name, chinese, also in sections["countries"]
    }
    places = tuple(
        Place(name, chinese, country, state, zone, _several(also))
        for name, chinese, country, state, zone, also in sections["cities"]
    )
    return Cities(countries, {row[0]: row[1] for row in sections["states"]}, places, _named_after(places))


def _several(field: str) -> tuple[str, ...]:
    return tuple(field.split("|")) if field else ()


def _named_after(places: Iterable[Place]) -> dict[str, Place]:
    found: dict[str, Place] = {}
    sure: set[str] = set()
    for place in places:
        zone = place.zone
        if zone in sure:
            continue
        if plain(zone_name(zone)) in {plain(place.name), *map(plain, place.also)}:
            sure.add(zone)
            found[zone] = place
        found.setdefault(zone, place)
    return found


def zone_name(zone: str) -> str:
    """The city in a zone's own name.

    >>> zone_name("America/Los_Angeles")
    'Los Angeles'
    """
    return zone.rpartition("/")[2].replace("_", " ")


def city_of(zone: str, lang: str) -> str:
    """What a zone is called among people.

    >>> city_of("Asia/Tokyo", "zh-CN"), city_of("Etc/GMT+8", "en")
    ('东京', 'GMT+8')
    """
    return cities().of(zone).called(lang)


def full_name(place: Place, lang: str) -> str:
    """A city with its country, and its state in the USA; a city that is its country stands alone.

    >>> full_name(cities().of("America/Chicago"), "en"), full_name(cities().of("Asia/Singapore"), "zh-CN")
    ('Chicago, IL, United States', '新加坡')
    """
    city, country = place.called(lang), cities().countries.get(place.country)
    if country is None:
        return f"{city} ({place.zone})"
    land = (lang == "zh-CN" and country.chinese) or country.name
    parts = [city, place.state, "" if land == city else land]
    return ("，" if lang == "zh-CN" else ", ").join(part for part in parts if part)


def plain(text: str) -> str:
    """How names are compared: letters and digits alone, no case, no accents, "St." as "Saint".

    >>> plain("St. Louis"), plain("Łódź"), plain("Xi’an"), plain("上海 市")
    ('saintlouis', 'lodz', 'xian', '上海市')
    """
    folded = unicodedata.normalize("NFKC", text).casefold()
    if folded.startswith(("st. ", "st ")):
        folded = f"saint {folded[3:]}"
    if not folded.isascii():
        decomposed = unicodedata.normalize("NFKD", folded.translate(_LETTERS))
        folded = unicodedata.normalize("NFC", "".join(c for c in decomposed if not unicodedata.combining(c)))
    return "".join(c for c in folded if c.isalnum())
