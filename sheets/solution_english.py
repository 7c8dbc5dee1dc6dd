"""Whether an English line reads like a solution: what its words do, sentence by sentence."""

from __future__ import annotations

import re
from functools import cache

from sheets.word_lists import lists

_SENTENCE = re.compile(r"(?<=[.!?;:])\s+|\n+|\s+[-\u2013\u2014]+\s+|\u2014|\u2192")
_CLAUSE = re.compile(r",|\b(?:because|since|but|while|and|as|although|so we|so they)\b", re.IGNORECASE)
_NOT_SUBJECT = (
    r"(?!(?:the|our|their|his|her|its|every|each|this|that|my|we|i|they|no|many|most|some|half|it|there|when)\b)"
)
_HEAD = r"(?=\s*(?:$|[.,;:(!?\u2026]|(?:{})\b))"


class English:
    """The patterns, built once from the lists."""

    def __init__(self) -> None:
        w = lists("en")
        tech, thing, person = w["technique"], rf"\b{w['things']}\b", w["people"]
        lead = rf"(?:{w['leads']}[\s,:-]+)"
        verb = rf"(?:{w['makes']}|{w['does']})"
        near = r"(?:[^\s.;:]+\s+){0,9}?"
        self.others = _i(rf"\b{w['others']}")
        self.goal = _i(
            rf"(?:^|[,;:]\s*|\b(?:to|and|by|which|that|will|can|could|should|would)\s+){w['goals']}\b[^,.;:]*"
            r"|\b(?:so that|in order to|instead of|rather than|or not|no more|never again)\b[^,.;:]*"
            r"|\bwithout (?:human|manual)\b[^,.;:]*"
            r"|\bfor\s+(?:[\w-]+\s+){1,4}(?:who|that|which)\b[^,.;:]*"
        )
        self.goal_first = _i(rf"\W*{lead}*{w['goals']}\b")
        self.order = _i(rf"\W*{lead}*(?:(?:{w['orders']}|{w['does']})\b|{w['makes']}\s+{near}(?:{tech}|{thing}))")
        self.duty = _i(rf"\W*(?:\w+\s+){{0,3}}?{w['duties']}\s")
        self.aside = _i(
            rf"\W*{verb}\s+(?:\w+\s+){{0,1}}?(?:{person})\b\s+(?!who|that|which|with|when|if\b|about|automatically|of\b|to\b|in\b|for\b)"
        )
        self.noun = _i(rf"\W*{verb}\s+[\w-]+(?:\s[\w-]+)?\s+(?:is|are|was|takes?|costs?|makes?|keeps?)\b")
        opening = rf"(?:{verb}|{_ing(w['makes'], w['does'])})"
        self.state = _i(
            rf"\W*{opening}\s+(?:[\w-]+\s+)?(?:{w['matters']}\s+(?:\w+ly\s+)?{w['states']}"
            rf"|{w['matter']}\s+(?:\w+ly\s+)?{w['state']})\b"
            rf"|\W*{w['makes']}\s+(?:[\w-]+\s+)?{w['matters']}\s+(?:that|which)\s+(?:do|are)(?:\s+not|n't)\b"
        )
        self.wish = _i(
            rf"\b{w['wishes']}\s+(?:{tech}"
            rf"|(?:an?|one|something|better|our own|some(?: kind of)?)\s+{near}(?:{tech}|{thing})"
            rf"|something\b|(?:[\w-]+\s+)?{thing}\s+(?:that|which|to|for)\b)"
        )
        self.ought = _i(
            rf"{tech}\s+(?:\w+\s+)?(?:should|could|would|will|can|to)\s+(?!not)\w+"
            rf"|^\W*(?:could|can|would|might)\s+(?:an?\s+)?{tech}"
        )
        self.means = _i(
            rf"\b{w['means']}\s+(?:(?:an?|some|modern|custom|simple|own|new|the power of|help of)\s+)*"
            rf"(?:[\w-]+\s+){{0,2}}?{tech}"
        )
        self.article = _i(
            rf"\W*(?:{lead})*(?:an?|one|some(?: kind of)?|something)\s+(?:[\w'/-]+\s+){{0,5}}?"
            rf"(?:{thing}|{tech}|something)"
            + _HEAD.format(r"that|which|to|for|where|with|of|in|on|over|from|showing|telling|using|so|at|who|\w+ing")
        )
        self.something = _i(r"\W*something (?:that|which|to)\b")
        ahead = r"(?:[\w'/-]+\s+){0,4}?"
        self.headline = _i(
            rf"\W*{_NOT_SUBJECT}(?:{ahead}{w['tasks']}\b|(?!(?:{person})\b){ahead}{thing})"
            + _HEAD.format(r"for|from|in|with|of|using|on|at|by|via|through|based|over|that|which|to|where|and")
        )
        self.adjective = _i(rf"\W*(?:{lead})*(?:an?\s+)?{w['adjectives']}\s+\w")
        self.doing = _i(rf"\W*(?:{lead})*{_ing(w['makes'], w['does'])}\s+\w")
        self.owned = _i(
            r"\b(?:the|our|their|its|his|her|this|these|those|my|current|existing|already (?:have|use) an?|old)\s+"
            rf"(?:[\w-]+\s+){{0,2}}?{tech}"
        )
        self.technique = _i(tech)
        self.trouble = _i(rf"\b{w['troubles']}\b")
        self.told = _i(rf"\b(?:{person})\b.{{0,80}}?\b{w['troubles']}\b")

    def find(self, line: str) -> str | None:
        """The words that read like a solution, None when none do or when somebody's trouble is told."""
        text = self.others.sub("people", line)
        sentences = [one.strip() for one in _SENTENCE.split(text) if one and one.strip()]
        orders = [self._order(one) for one in sentences]
        rest = ". ".join(one for one, order in zip(sentences, orders, strict=True) if order is None)
        bare = self.goal.sub(" ", rest)
        for order in filter(None, orders):
            later = _CLAUSE.split(text.partition(order)[2])[1:]
            if self._told(bare) or any(self.told.match(one.strip()) for one in map(self._bare, later)):
                return None
            return order
        if self._told(bare):
            return None
        strong = (self.wish, self.ought, self.means)
        if found := _first(rest, *strong) or next((m.group() for s in sentences if (m := self.article.match(s))), None):
            return found
        if self.trouble.search(bare):
            return None
        openings = (self.something, self.headline, self.adjective, self.doing)
        orderly = [one for one in sentences if not self.state.match(one)]
        if found := next((m.group() for s in orderly for p in openings if (m := p.match(s))), None):
            return found
        return _first(self.owned.sub("people", rest), self.technique)

    def _bare(self, text: str) -> str:
        return self.goal.sub(" ", text)

    def _told(self, bare: str) -> bool:
        return any(self.told.search(clause) for clause in _CLAUSE.split(bare))

    def _order(self, sentence: str) -> str | None:
        """What is ordered to be done; None for "Track workers wait", "We have to sort them by hand" and "Forecast
        meetings run over"."""
        if self.goal_first.match(sentence) and (found := self.technique.search(sentence)):
            return found.group()
        if (found := self.order.match(sentence)) is None or self.state.match(sentence):
            return None
        if self.trouble.search(sentence) and any(p.match(sentence) for p in (self.duty, self.aside, self.noun)):
            return None
        return found.group()


@cache
def english() -> English:
    """The one instance; building it takes some milliseconds."""
    return English()


def _i(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


def _first(text: str, *patterns: re.Pattern[str]) -> str | None:
    return next((found.group() for pattern in patterns if (found := pattern.search(text))), None)


def _ing(*verbs: str) -> str:
    """ "predicting", "making", "mapping": the verbs of lists as they open a headline."""
    plain = re.findall(
        r"[a-z]+(?:\[sz\][a-z]+)?", " ".join(v.replace("(?:", "").replace(")", "").replace("|", " ") for v in verbs)
    )
    stems = (v.removesuffix("e") if v.endswith("e") else f"{v}{v[-1]}?" for v in plain if len(v) > 2)
    return f"(?:{'|'.join(stems)})ing"
