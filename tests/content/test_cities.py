"""Where members say they live: every way a city is named leads to its clock, and what names no city leads nowhere."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from chat.message import LABEL
from chat.moment import zones
from content.cities import cities, full_name
from content.city_search import find_cities, meant_exactly
from content.say import Say, speaker

ROOT = Path(__file__).parents[2]


def _first(words: str) -> str:
    return find_cities(words)[0].zone


@pytest.mark.parametrize(
    ("words", "zone"),
    [
        ("london", "Europe/London"),
        ("Europe/London", "Europe/London"),
        ("Europe/Berlin", "Europe/Berlin"),
        ("etc/gmt+8", "Etc/GMT+8"),
        ("UTC", "UTC"),
        ("US/Pacific", "US/Pacific"),
        ("sao paulo", "America/Sao_Paulo"),
        ("sao paolo", "America/Sao_Paulo"),
        ("San Fransisco", "America/Los_Angeles"),
        ("new york", "America/New_York"),
        ("NYC", "America/New_York"),
        ("SF", "America/Los_Angeles"),
        ("Buenos Aires", "America/Argentina/Buenos_Aires"),
        ("bengaluru", "Asia/Kolkata"),
        ("Bangalore", "Asia/Kolkata"),
        ("Bombay", "Asia/Kolkata"),
        ("Saigon", "Asia/Ho_Chi_Minh"),
        ("Kiev", "Europe/Kyiv"),
        ("Lodz", "Europe/Warsaw"),
        ("Xian", "Asia/Shanghai"),
        ("Chongqing", "Asia/Shanghai"),
        ("Bangkok", "Asia/Bangkok"),
        ("Hyderabad", "Asia/Kolkata"),
        ("Chennai", "Asia/Kolkata"),
        ("Austin", "America/Chicago"),
        ("Atlanta", "America/New_York"),
        ("Houston", "America/Chicago"),
        ("Dallas", "America/Chicago"),
        ("Frankfurt", "Europe/Berlin"),
        ("Cologne", "Europe/Berlin"),
        ("Köln", "Europe/Berlin"),
        ("Osaka", "Asia/Tokyo"),
        ("Lyon", "Europe/Paris"),
        ("Kampala", "Africa/Kampala"),
        ("India", "Asia/Kolkata"),
        ("IN", "Asia/Kolkata"),
        ("印度", "Asia/Kolkata"),
        ("Nigeria", "Africa/Lagos"),
        ("UK", "Europe/London"),
        ("China", "Asia/Shanghai"),
        ("Singapore", "Asia/Singapore"),
        ("Paris, France", "Europe/Paris"),
        ("Pune India", "Asia/Kolkata"),
        ("Portland, Maine", "America/New_York"),
        ("San Francisco, CA", "America/Los_Angeles"),
        ("Paris, Texas", "America/Chicago"),
        ("中国成都", "Asia/Shanghai"),
        ("北京", "Asia/Shanghai"),
        ("上海", "Asia/Shanghai"),
        ("上海市", "Asia/Shanghai"),
        ("东京", "Asia/Tokyo"),
        ("東京", "Asia/Tokyo"),
        ("首尔", "Asia/Seoul"),
        ("巴黎", "Europe/Paris"),
        ("纽约", "America/New_York"),
        ("旧金山", "America/Los_Angeles"),
        ("班加罗尔", "Asia/Kolkata"),
        ("香港", "Asia/Hong_Kong"),
        ("台北", "Asia/Taipei"),
    ],
)
def test_a_city_is_known_by_what_people_call_it(words: str, zone: str) -> None:
    assert _first(words) == zone


@pytest.mark.parametrize("words", "拉各斯 浦那 成都 重庆 西安 武汉 南京 杭州 深圳 广州 天津 苏州 宿州".split())
def test_chinese_names_mean_one_city(words: str) -> None:
    assert {place.chinese for place in meant_exactly(words)} == {words}


@pytest.mark.parametrize("lang", ["en", "zh-CN"])
def test_every_city_our_hints_name_is_found(lang: str) -> None:
    say = speaker(lang)
    hints = [say("for example Lagos, Pune, Chengdu"), say("a city near you, such as Lagos")]
    named = [word for hint in hints for word in _cities_of(hint)]
    assert len(named) == 4, f"read nothing else out of {hints}"
    for word in named:
        assert meant_exactly(word), word


def _cities_of(hint: str) -> list[str]:
    listed = re.sub(r"^(?:for example |例如：|.*such as |.*比如)", "", hint)
    return re.split(r"[,、]\s*", listed)


@pytest.mark.parametrize(
    ("typed", "name"),
    [("北", "Beijing"), ("Beij", "Beijing"), ("San Fran", "San Francisco"), ("lag", "Lagos"), ("Mum", "Mumbai"),
     ("Chen", "Chengdu"), ("tok", "Tokyo"), ("Shan", "Shanghai"), ("上", "Shanghai")],
)  # fmt: skip
def test_the_beginning_of_a_name_is_enough(typed: str, name: str) -> None:
    assert find_cities(typed)[0].name == name


def test_cities_of_one_name_come_all_the_largest_first() -> None:
    def named(words: str) -> list[str]:
        return [full_name(place, "en") for place in meant_exactly(words)]

    assert named("Birmingham") == ["Birmingham, United Kingdom", "Birmingham, AL, United States"]
    assert named("cordoba") == ["Córdoba, Argentina", "Córdoba, Spain", "Córdoba, Mexico"]
    assert named("Portland") == ["Portland, OR, United States", "Portland, ME, United States"]
    assert [place.chinese for place in meant_exactly("Suzhou")] == ["苏州", "宿州"]


def test_a_country_with_several_clocks_lists_its_largest_city_of_each() -> None:
    names = [place.name for place in meant_exactly("USA")]
    assert names[:5] == ["New York", "Los Angeles", "Chicago", "Phoenix", "Indianapolis"]
    assert {"Denver", "Honolulu", "Anchorage"} < set(names)
    assert [place.name for place in meant_exactly("India")] == ["Mumbai"], "Indiana is somewhere else"
    assert [place.name for place in meant_exactly("CA")][:2] == ["Los Angeles", "Toronto"], "California or Canada"


@pytest.mark.parametrize(
    "words",
    ["", "  ", ",", ", ", "🌱", "../../etc/passwd", "x" * 5_000, "qqqqqq", "Qwghlm", "UTC+8", "/", "%", "'"],
)
def test_what_names_no_city_leads_nowhere(words: str) -> None:
    assert find_cities(words) == ()
    assert meant_exactly(words) == ()


def test_the_table_is_whole() -> None:
    table = cities()
    assert (ROOT / "content/cities.txt").stat().st_size < 600_000
    assert "GeoNames" in (ROOT / "content/cities.txt").read_text(encoding="utf-8").splitlines()[0]
    assert len(table.places) >= 6_000
    assert {place.zone for place in table.places} <= zones()
    assert {place.country for place in table.places} <= set(table.countries)
    assert {place.state for place in table.places} - {""} <= set(table.states)
    for place in table.places:
        for lang in ("en", "zh-CN"):
            assert len(full_name(place, lang)) <= LABEL - len(" — 20:15 now"), place


@pytest.mark.parametrize("lang", ["en", "zh-CN"])
def test_a_line_of_the_list_leads_back_to_its_clock(lang: str) -> None:
    """Discord gives back what stood in the line."""
    astray = [
        full_name(place, lang)
        for place in cities().places
        if place.zone not in {found.zone for found in meant_exactly(full_name(place, lang))}
    ]
    assert astray == []


def test_each_zone_has_a_city_by_whose_name_it_goes() -> None:
    say: Say = speaker("zh-CN")
    called = {
        zone: cities().of(zone).called(say.lang) for zone in ("Asia/Shanghai", "America/Los_Angeles", "Europe/London")
    }
    assert called == {"Asia/Shanghai": "上海", "America/Los_Angeles": "洛杉矶", "Europe/London": "伦敦"}
    assert cities().of("Asia/Kolkata").name == "Kolkata", "rather than a larger city of the same clock"
