"""The choice of the next step keeps every rule, whatever the past; rules give way in their order; a seed replays it."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from content.choose import COOLDOWN, RECALLS_A_WEEK, Chosen, Past, beside, choose
from content.library import Library
from content.prompts import Prompt
from content.text import Localised
from tests.kit.house import shipped

TODAY = date(2026, 11, 20)
FULL = shipped().library


def _only_in(lang: str, text: Localised) -> Localised:
    return replace(text, en="") if lang == "zh-CN" else replace(text, zh="")


def _some_in_one_language(library: Library) -> Library:
    """The shipped pack, every fifth step in English alone and every fifth in Chinese alone."""
    made: dict[str, Prompt] = {}
    for n, prompt in enumerate(library.prompts.values()):
        lang = {0: "en", 1: "zh-CN"}.get(n % 5)
        made[prompt.id] = replace(prompt, body=_only_in(lang, prompt.body)) if lang else prompt
    return replace(library, prompts=made)


MIXED = _some_in_one_language(FULL)
IDS = sorted(FULL.prompts)
TOPICS = sorted({prompt.topic for prompt in FULL.prompts.values()})

days_ago = st.integers(0, 90).map(lambda n: TODAY - timedelta(days=n))
pasts = st.builds(
    Past,
    seen=st.dictionaries(st.sampled_from(IDS), days_ago, max_size=len(IDS)),
    topics=st.lists(st.sampled_from(TOPICS), max_size=2),
    due=st.lists(st.sampled_from([*IDS, "prompt.gone"]), max_size=4, unique=True),
    recalls=st.lists(days_ago, max_size=4),
)
tracks = st.sampled_from(["any", "learn", "build", "job"])
langs = st.sampled_from(["en", "zh-CN"])
optins = st.frozensets(st.sampled_from(["days", "wellbeing"]))
sizes = st.sampled_from([0, 10, 30, 120, 300, 900, 1800])


def _may(track: str, given: frozenset[str], prompt: Prompt) -> bool:
    on_track = track == "any" or bool(prompt.tracks & {track, "any"})
    return on_track and (not prompt.requires_optin or prompt.requires_optin in given)


@given(st.integers(), pasts, tracks, langs, optins, sizes)
def test_every_rule_holds_or_is_named_as_given_up(
    seed: int, past: Past, track: str, lang: str, given_in: frozenset[str], size: int
) -> None:
    def again() -> Chosen:
        return choose(MIXED, past, seed=seed, today=TODAY, track=track, lang=lang, optins=given_in, seconds=size)

    chosen = again()
    prompt = chosen.prompt
    assert again() == chosen, "the same seed chooses the same"
    assert not prompt.requires_optin or prompt.requires_optin in given_in, "never without the opt-in"
    if chosen.recall:
        assert prompt.id in past.due
        assert prompt.recall is not None
        assert TODAY not in past.recalls
        assert sum(TODAY - day < timedelta(days=7) for day in past.recalls) < RECALLS_A_WEEK
        return
    assert _may(track, given_in, prompt)
    may = [p for p in MIXED.prompts.values() if _may(track, given_in, p)]
    spoken = [p for p in may if p.body.has(lang)]
    rested = [p for p in spoken if TODAY - past.seen.get(p.id, date.min) >= COOLDOWN]
    varied = [p for p in rested if p.topic not in past.topics]
    assert ("language" in chosen.gave_way) == (not spoken)
    assert ("cooldown" in chosen.gave_way) == (not rested)
    assert ("topic" in chosen.gave_way) == (bool(rested) and not varied)
    assert ("size" in chosen.gave_way) == bool(beside(prompt, size))
    if rested:
        nearest = min(beside(p, size) for p in varied or rested)
        assert beside(prompt, size) == nearest, "the size gives way before the topic, and to the nearest"
    if varied:
        assert prompt in varied
    elif rested:
        assert prompt in rested
    else:
        assert past.seen[prompt.id] == min(past.seen[p.id] for p in spoken), "the longest unseen comes first"


@given(st.integers(), pasts, langs, st.sampled_from(TOPICS))
def test_a_topic_asked_for_is_the_topic_given(seed: int, past: Past, lang: str, topic: str) -> None:
    may = [p for p in FULL.prompts.values() if p.topic == topic and not p.requires_optin]
    if not may:
        with pytest.raises(LookupError):
            choose(FULL, past, seed=seed, today=TODAY, lang=lang, topic=topic)
        return
    chosen = choose(FULL, past, seed=seed, today=TODAY, lang=lang, topic=topic)
    assert chosen.prompt in may
    assert not chosen.recall


@settings(max_examples=15, deadline=None)
@given(st.integers(), tracks)
def test_four_months_repeat_nothing_within_sixty_days_and_no_topic_within_three(seed: int, track: str) -> None:
    seen: dict[str, date] = {}
    topics: list[str] = []
    for n in range(120):
        day = TODAY + timedelta(days=n)
        past = Past(seen, topics[-2:])
        chosen = choose(FULL, past, seed=seed + n, today=day, track=track)
        if "cooldown" not in chosen.gave_way and chosen.prompt.id in seen:
            assert day - seen[chosen.prompt.id] >= COOLDOWN
        if "topic" not in chosen.gave_way and "cooldown" not in chosen.gave_way:
            assert chosen.prompt.topic not in topics[-2:]
        seen[chosen.prompt.id] = day
        topics.append(chosen.prompt.topic)


def test_a_bigger_size_brings_other_steps_and_the_smallest_any() -> None:
    def of(size: int) -> set[int]:
        return {choose(FULL, Past({}), seed=n, today=TODAY, seconds=size).prompt.seconds for n in range(400)}

    assert max(of(30)) <= 30
    assert 30 < min(of(120)) <= max(of(120)) <= 120
    assert of(300) == of(120), "room to go on; no step is longer than two minutes"
    assert of(10) == of(0) > of(120), "each has its ten seconds"


def test_when_no_small_step_is_left_the_next_longer_comes_and_says_so() -> None:
    seen = {p.id: TODAY for p in FULL.prompts.values() if p.seconds <= 30}
    chosen = choose(FULL, Past(seen), seed=1, today=TODAY, seconds=30)
    assert (chosen.prompt.seconds, chosen.gave_way) == (45, ("size",))


def test_steps_never_seen_come_about_twice_as_often() -> None:
    half = set(IDS[::2])
    seen = {id_: TODAY - timedelta(days=61) for id_ in half}
    picks = Counter(choose(FULL, Past(seen), seed=n, today=TODAY).prompt.id in half for n in range(3000))
    assert 1.6 < picks[False] / picks[True] < 2.5


def test_the_longest_due_question_comes_first_and_at_most_two_in_a_week() -> None:
    with_question = [p.id for p in FULL.prompts.values() if p.recall and not p.requires_optin][:3]

    def asked(*recalls: int) -> bool:
        days = [TODAY - timedelta(days=n) for n in recalls]
        chosen = choose(FULL, Past({}, due=with_question, recalls=days), seed=1, today=TODAY)
        assert not chosen.recall or chosen.prompt.id == with_question[0]
        return chosen.recall

    assert asked()
    assert asked(3)
    assert asked(8, 9, 3)
    assert not asked(6, 3)
    assert not asked(0)


def test_a_question_about_a_sensitive_step_waits_for_its_consent() -> None:
    sensitive = next(p for p in FULL.prompts.values() if p.requires_optin == "days")
    prompts = {**FULL.prompts, sensitive.id: replace(sensitive, recall=next(p.recall for p in FULL.prompts.values()))}
    library, past = replace(FULL, prompts=prompts), Past({}, due=[sensitive.id])
    assert not choose(library, past, seed=1, today=TODAY).recall
    assert choose(library, past, seed=1, today=TODAY, optins=frozenset({"days"})).recall == bool(
        prompts[sensitive.id].recall
    )


def test_a_pack_with_nothing_for_this_member_says_so() -> None:
    sensitive = {p.id: p for p in FULL.prompts.values() if p.requires_optin}
    with pytest.raises(LookupError):
        choose(replace(FULL, prompts=sensitive), Past({}), seed=1, today=TODAY)
