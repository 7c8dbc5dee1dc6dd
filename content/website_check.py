"""Whether a question could be answered by a company's website: advice, in both languages, never a rule."""

from __future__ import annotations

import re

_EN = re.compile(
    r"what (?:does|do) (?:your|the|this) (?:company|firm|team|start-?up|organi[sz]ation|employer)\b.{0,12}"
    r"\b(?:do|make|sell)"
    r"|what (?:products?|services?|industry|sector)\b"
    r"|when (?:was|were|did) .{0,40}(?:found|start|establish|begin)"
    r"|how (?:many|large|big|old) .{0,40}(?:employees|people work|staff|offices|company|firm)"
    r"|how (?:large|big|old) is\b"
    r"|where (?:is|are) .{0,40}(?:based|located|office|headquarter)"
    r"|who (?:is|are) .{0,40}(?:ceo|founders?|owners?|customers|clients|competitors|investors)"
    r"|what (?:is|are) .{0,30}(?:mission|vision|values|slogan|opening hours|job openings|open positions)",
    re.IGNORECASE,
)
_ZH = re.compile(
    "公司.{0,6}(?:做什么|干什么|卖什么|主要业务|业务是)|什么时候成立|哪年成立|何时成立|多少.{0,2}(?:员工|人)|规模多大"
    "|总部在|办公室在哪|公司在哪|(?:创始人|老板|CEO|客户|竞争对手|投资人)(?:是谁|有哪些|都有谁)|(?:有哪些|主要)(?:产品|服务|业务)"
    "|(?:使命|愿景|价值观)是|在招(?:什么|哪些)"
)


def on_their_website(question: str) -> bool:
    """Whether it looks like one a website answers.

    >>> [on_their_website(q) for q in ("What does your company do?", "What would you do differently?", "总部在哪里")]
    [True, False, True]
    """
    return bool(_EN.search(question) or _ZH.search(question))
