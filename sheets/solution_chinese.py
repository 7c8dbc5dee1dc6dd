"""Whether a Chinese line, or one that mixes Chinese and English, reads like a solution: clause by clause."""

from __future__ import annotations

import re
from functools import cache

from sheets.word_lists import lists

_CLAUSE = re.compile(r"[，,。；;：:！!？?\n…]+|(?<=[\u3400-\u9fff])\s+(?=[\u3400-\u9fff])|——|→")
_BRACKETS = re.compile(r"[（(][^（）()]*[)）]")


class Chinese:
    """The patterns, built once from the lists."""

    def __init__(self) -> None:
        w = lists("zh-CN")
        tech, thing = w["technique"], w["things"]
        lead = rf"(?:{w['leads']}\s*)"
        self.others = _i(w["others"])
        self.goal = _i(rf"{w['goals']}[^，,。；;]*")
        self.goal_first = _i(rf"\W*{lead}{{0,4}}{w['goals']}")
        self.making = _i(rf"\W*{lead}{{0,6}}?{w['makes']}")
        self.doing = _i(rf"\W*{lead}{{0,6}}?{w['does']}")
        self.using = _i(
            rf"\W*{lead}{{0,6}}?{w['use']}.{{0,14}}?(?:{tech}|{thing}|{w['tasks']}|{w['makes']}|{w['does']})"
        )
        self.duty = _i(rf"\W*{w['duties']}")
        self.wish = _i(w["wishes"])
        self.means = _i(rf"{w['means']}\s*.{{0,8}}?{tech}")
        self.headline = _i(rf"(?:{thing}|{w['tasks']})(?:的?{w['endings']})?\W*$")
        self.owned = _i(
            rf"(?:现有|已有|原有|原来|这个|那个|这套|那套|新上|现在|目前|已经[有用上]了?|有了)的?.{{0,6}}?{tech}"
        )
        self.technique = _i(tech)
        self.trouble = _i(w["troubles"])
        self.hardship = _i(w["hardships"])
        self.state = _i(
            rf"\W*{lead}{{0,4}}?(?:{w['makes']}|{w['does']})的?{w['matters']}"
            rf"[^的]{{0,16}}?(?!不合格|不良)(?:{w['troubles']}|{w['faults']})[^的]*$"
        )
        self.told = _i(rf"{w['people']}.{{0,30}}?{w['troubles']}")

    def find(self, line: str) -> str | None:
        """The words that read like a solution, None when none do or when somebody's trouble is told."""
        text = self.others.sub("某", line)
        clauses = [one.strip() for one in _CLAUSE.split(text) if one and one.strip()]
        orders = [self._order(one) for one in clauses]
        rest = "，".join(one for one, order in zip(clauses, orders, strict=True) if order is None)
        bare = self.goal.sub("", rest)
        told = any(self.told.search(one) for one in _CLAUSE.split(bare))
        if told:
            return None
        if order := next(filter(None, orders), None):
            return order
        if any(map(self.goal_first.match, clauses)) and (found := self.technique.search(text)):
            return found.group()
        if found := self.means.search(rest):
            return found.group()
        if self.trouble.search(bare):
            return None
        ends = (_BRACKETS.sub("", text).strip(), *clauses)
        if found := next((m for one in ends if (m := self.headline.search(one))), None):
            return found.group()
        found = self.technique.search(self.owned.sub("某", rest))
        return found.group() if found else None

    def _order(self, clause: str) -> str | None:
        """What is ordered or wished for; None for "要统计三天", "每天用Excel排班" and "标注质量参差不齐"."""
        if found := self.wish.search(clause):
            return found.group()
        if self.state.match(self.goal.sub("", clause)):
            return None
        if found := self.making.match(clause) or self.using.match(clause):
            if self.technique.search(clause) or not (self.duty.match(clause) and self.hardship.search(clause)):
                return found.group()
            return None
        if (found := self.doing.match(clause)) and not self.hardship.search(clause):
            return found.group()
        return None


@cache
def chinese() -> Chinese:
    """The one instance; building it takes some milliseconds."""
    return Chinese()


def _i(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)
