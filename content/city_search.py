"""Which cities somebody means by what they typed so far: exactly, by beginnings, by misspellings, by country."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator
from functools import cache

from rapidfuzz import fuzz, process

from chat.moment import zones
from content.cities import Cities, Place, cities, plain, zone_name

LONGEST = 60
"""Characters; what is longer names no city."""
LIKE = 82
"""Of 100: from here on a name is taken for a misspelled one."""
_COMMA = re.compile(r"[,，、;]")
_OLD = ("Etc/", "US/", "Canada/", "Brazil/", "Chile/", "Mexico/", "SystemV/")
_NAME, _ALSO, _TAIL = range(3)


def find_cities(words: str, limit: int = 25) -> tuple[Place, ...]:
    """Cities for a name, the beginning of one, a country or a zone's IANA name: the exact ones first, then the largest;
    () when nothing is near. "Paris, Texas" and "Pune India" keep to what stands behind.

    >>> [place.zone for place in find_cities("sao paolo")][:1], find_cities("Qwghlm")
    (['America/Sao_Paulo'], ())
    """
    asked = words.strip()
    if len(asked) > LONGEST or not plain(asked):
        return ()
    if "/" in asked:
        begins = asked.replace(" ", "_").casefold()
        named = sorted(zone for zone in zones() if zone.casefold().startswith(begins))
        named.sort(key=lambda zone: zone.casefold() != begins)
        return tuple(cities().of(zone) for zone in named[:limit])
    return _index().find(asked, limit)


def meant_exactly(words: str) -> tuple[Place, ...]:
    """Those whose name this is, in full: by size. The cities of a country or state when it names one."""
    asked = words.strip()
    zone = next((zone for zone in zones() if zone.casefold() == asked.replace(" ", "_").casefold()), None)
    if zone is not None:
        return (cities().of(zone),)
    return _index().exactly(asked) if len(asked) <= LONGEST and plain(asked) else ()


class _Index:
    def __init__(self, table: Cities) -> None:
        self._table = table
        self._places = [*table.places]
        keys = [entry for rank, place in enumerate(self._places) for entry in _keys(place, rank)]
        known = {key for key, kind, _ in keys if kind != _TAIL}
        for zone in sorted(zones()):  # zones of small places, and old names
            if not zone.startswith(_OLD) and plain(zone_name(zone)) not in known:
                keys.append((plain(zone_name(zone)), _NAME, len(self._places)))
                self._places.append(Place(zone_name(zone), "", "", "", zone))
        self._entries = sorted(set(keys))
        self._names = sorted({key for key, kind, _ in keys if kind != _TAIL and len(key) > 3})
        self._lands = _lands(table)

    def find(self, asked: str, limit: int) -> tuple[Place, ...]:
        key = plain(asked)
        found = dict.fromkeys(self.exactly(asked))
        if _COMMA.search(asked):
            return tuple(found)[:limit]
        begun = sorted({(kind, rank) for _, kind, rank in self._begin(key) if kind != _TAIL})
        if not (found or any(kind == _NAME for kind, _ in begun)):
            found |= dict.fromkeys(self._misspelled(key, limit))
        found |= dict.fromkeys(self._places[rank] for _, rank in begun)
        if len(found) < limit:
            lands = sorted(name for name in self._lands if len(key) > 2 and name.startswith(key))
            found |= dict.fromkeys(place for land in lands for place in self._of_land(land))
            tails = sorted(rank for _, kind, rank in self._begin(key) if kind == _TAIL)
            found |= dict.fromkeys(self._places[rank] for rank in tails)
        return tuple(found)[:limit]

    def exactly(self, asked: str) -> tuple[Place, ...]:
        if _COMMA.search(asked):
            name, *lands = (part.strip() for part in _COMMA.split(asked))
            return self._within(name, [plain(land) for land in lands])
        key = plain(asked)
        named, land = self._named(key), self._of_land(key)
        country = any("-" not in code for code in self._lands.get(key, ()))
        if found := tuple(dict.fromkeys([*land, *named] if country else [*named, *land])):
            return found
        words = asked.split()
        for at in range(len(words) - 1, 0, -1):  # "Pune India"
            if plain(" ".join(words[at:])) in self._lands and self._named(plain(" ".join(words[:at]))):
                return self._within(" ".join(words[:at]), [plain(" ".join(words[at:]))])
        for at in range(2, len(key) - 1):  # 中国成都
            if not key.isascii() and key[:at] in self._lands and self._named(key[at:]):
                return self._within(key[at:], [key[:at]])
        return self._named(key.removesuffix("市")) if len(key) > 2 else ()

    def _misspelled(self, key: str, limit: int) -> Iterator[Place]:
        if len(key) > 3:
            near = process.extract(key, self._names, scorer=fuzz.ratio, score_cutoff=LIKE, limit=limit)
            for name, _score, _at in near:
                yield from self._named(name)

    def _within(self, name: str, lands: list[str]) -> tuple[Place, ...]:
        """Those of the name in these lands; the largest of the land where it has none; what is no land is let pass."""
        known = [self._lands[land] for land in lands if land in self._lands]
        ranks = dict.fromkeys(rank for _, _, rank in self._begin(plain(name)))
        named = self._named(plain(name)) or tuple(self._places[rank] for rank in sorted(ranks))
        inside = tuple(place for place in named if all(_lies_in(place, codes) for codes in known))
        return inside or next((self._of_land(land) for land in lands if land in self._lands), ())

    def _named(self, key: str) -> tuple[Place, ...]:
        """Places of this very name; those merely called so as well only where no place has it."""
        hits = [(kind, rank) for other, kind, rank in self._begin(key) if other == key and kind != _TAIL]
        best = min((kind for kind, _ in hits), default=_NAME)
        return tuple(self._places[rank] for kind, rank in sorted(set(hits)) if kind == best)

    def _of_land(self, land: str) -> tuple[Place, ...]:
        """The largest city of each zone of a country or state."""
        codes = self._lands.get(land, ())
        largest: dict[str, Place] = {}
        for place in self._table.places if codes else ():
            if _lies_in(place, codes):
                largest.setdefault(place.zone, place)
        return tuple(largest.values())

    def _begin(self, key: str) -> Iterator[tuple[str, int, int]]:
        at = bisect_left(self._entries, (key, _NAME, -1)) if key else len(self._entries)
        while at < len(self._entries) and self._entries[at][0].startswith(key):
            yield self._entries[at]
            at += 1


def _lands(table: Cities) -> dict[str, tuple[str, ...]]:
    """Names and codes of countries, and of the states of the USA, "US-CA": "CA" is Canada as well as California."""
    names = [(name, c.code) for c in table.countries.values() for name in (c.code, c.name, c.chinese, *c.also)]
    names += [(name, f"US-{code}") for code, state in table.states.items() for name in (code, state)]
    found: dict[str, tuple[str, ...]] = {}
    for name, code in names:
        if key := plain(name):
            found[key] = (*found.get(key, ()), code)
    return found


def _lies_in(place: Place, codes: Collection[str]) -> bool:
    return place.country in codes or (bool(place.state) and f"US-{place.state}" in codes)


def _keys(place: Place, rank: int) -> Iterable[tuple[str, int, int]]:
    for name in (place.name, place.chinese):
        if name:
            yield plain(name), _NAME, rank
    for name in place.also:
        yield plain(name), _ALSO, rank
    words = place.name.replace("-", " ").split()
    for at in range(1, len(words)):
        yield plain(" ".join(words[at:])), _TAIL, rank


@cache
def _index() -> _Index:
    return _Index(cities())
