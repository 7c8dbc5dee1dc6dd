"""The words `habit.anchor` goes by, as alternatives of one pattern a kind of advice, English and Chinese."""

from __future__ import annotations

import re
from typing import Literal

Advice = Literal["vague", "clock", "place", "condition", "rare", "often"]
"""vague: a stretch of time or a long activity (what is the very last thing in it?). clock: an hour is no event.
place: nothing is done there yet. condition: it may not come. rare: not every day. often: many times a day."""

_MEAL = r"(?:breakfast|lunch|dinner|supper|brunch|meals?|food|tea|coffee)"
_PART = r"(?:mornings?|afternoons?|evenings?|nights?|tonight|daytime|midday|lunch ?time|bed ?time)"
_WEEKDAY = r"(?:mon|tues|wednes|thurs|fri|satur|sun)days?"
_HOUR = r"(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)"
_ROOM = (
    r"(?:home|house|work|office|desk|kitchen|bed|bedroom|sofa|couch|train|bus|subway|metro|tube|car|gym|library|school|"
    r"campus|classroom|cafe|café|computer|laptop|table|bathroom|living room|park|way to work|way home|way)"
)
_TIRED = r"(?:free|bored|ready|motivated|inspired|like it|in the mood|tired|stressed|not busy|energetic|rested)"

_MEAL_ZH = r"(?:早|午|中|晚)?(?:饭|餐)"
_NUMBER_ZH = r"(?:\d{1,2}|[一二两三四五六七八九十]{1,3})"
_ACTIVITY_ZH = (
    r"(?:工作|学习|上课|开会|吃饭|通勤|上班|坐车|[坐乘]地铁|走路|散步|看书|看电视|写代码|做饭|"
    r"休息|午休|玩手机|运动|锻炼|上学|自习)"
)
_ROOM_ZH = (
    r"(?:家里|家|公司|办公室|学校|教室|图书馆|宿舍|厨房|床上|沙发|地铁|公交车?|车|路|(?:书|办公)?桌前|电脑前|咖啡[店馆厅]|"
    r"健身房|工位|食堂|公园)"
)

_ALTERNATIVES: dict[Advice, tuple[str, ...]] = {
    "vague": (
        rf"\b(?:early |late )?{_PART}\b",
        r"\b(?:sometimes?|some point|any ?time|some ?day|soon|later|eventually|often|usually|regularly|first thing)\b",
        rf"\bbefore (?:i )?(?:go(?:ing)? to )?(?:bed|sleep(?:ing)?|bed ?time|work|school|{_MEAL})\b",
        rf"\b(?:have|had|having|eat|eating|drink|drinking) (?:my |a |some )?{_MEAL}\b",
        rf"^(?:after |at |my |i )*{_MEAL}$",
        r"^(?:while|during)\b.*",
        r"\b(?:work|working|study|studying|school|class|classes|lectures|commute|commuting)\b",
        r"\b(?:end|start|beginning|middle|rest) of (?:the |my )?(?:day|work)\b|\b(?:a )?long day\b",
        r"\b(?:take |have )?(?:a|my|the) (?:\w+ )?break\b",
        r"\b(?:work ?days?|daily routine)\b",
        r"今?[天日]?(?:晚上|早上|早晨|清晨|上午|中午|下午|傍晚|夜里|夜晚|深夜|半夜|白天|晚间|早间)|每[晚早]",
        r"(?:临)?睡(?:觉)?[之以]?前|(?:上班|下班|放学|上学|下课)[之以]?[前后]?$",
        rf"吃?{_MEAL_ZH}[之以]?[前后时]|吃{_MEAL_ZH}(?:的时候)?$|^{_ACTIVITY_ZH}$",
        rf"{_ACTIVITY_ZH}(?:的时候|的?时|期间|过程中|途中|中|之余|间隙|[之以]?后)",
        r"平时|随时|某个?时[候刻]|改天|回头|有时候?|经常|常常|尽量|一天(?:结束|开始|之中)|课间|工作日|晚点|迟点|稍后",
    ),
    "clock": (
        r"\b(?:[01]?\d|2[0-4])(?:[:.][0-5]\d)? ?(?:a ?m|p ?m|o clock|h)?\b",
        rf"\b(?:noon|midnight|(?:half past|quarter past|quarter to) {_HOUR}|{_HOUR} (?:o clock|a ?m|p ?m))\b",
        rf"{_NUMBER_ZH}[点时](?:{_NUMBER_ZH}分?|半|钟|整|[一三]刻)?|\d{{1,2}}:\d\d|零点|正午",
    ),
    "place": (rf"\b(?:at|in|on|inside|by|near) (?:my |the |a )?{_ROOM}\b", rf"在?(?:我的?)?{_ROOM_ZH}[上里中]?"),
    "condition": (
        r"\b(?:if|unless|depending|hopefully)\b",
        r"\bwhen(?:ever)? (?:possible|free|bored|ready|needed|necessary|convenient)\b",
        r"\b(?:free|spare) (?:time|moment|minute)\b",
        rf"\b(?:am|m|im|feel|feeling|get) (?:\w+ )?{_TIRED}\b",
        r"\b(?:have|ve|got|get|find) (?:\w+ ){0,2}(?:time|moment|energy|minute|chance|nothing to do)\b",
        r"\b(?:i remember|think of it|the mood|not (?:too )?busy)\b",
        r"\b(?:weather (?:is|permits|allows)|(?:nice|good) weather)\b",
        r"\b(?:things|work) (?:is|are|gets?) (?:calm|quiet|slow)(?:er)?\b",
        r"有了?(?:空|时间|闲|精力|精神|心情|兴致|机会|需要|灵感)|得空|抽空|空闲|空了|闲下来|闲着|闲暇|没事",
        r"想起来(?!床)|想到|想学|记得|心情好|状态好|不忙|不累|忙完(?:了|以?后|之后|工作)?$|方便(?!面)|如果(?!汁)",
        r"(?<!主)要是|假如|无聊|必要|来得及|天气好",
    ),
    "rare": (
        r"\b(?:weekly|monthly|yearly|annual(?:ly)?|quarterly|fortnightly)\b|\bweekends?\b",
        rf"\b{_WEEKDAY}\b|\b(?:once|twice) (?:a|per|every) (?:week|month|year)\b",
        r"\bevery (?:other|second|third|week|month|year|couple)\b",
        r"\b(?:birthday|holidays?|vacation|payday|semester)\b",
        r"\b(?:now and then|once in a while|occasionally|from time to time)\b",
        r"每个?(?:周|星期|礼拜|月|年|季度)|周末|(?:周|星期|礼拜)[一二三四五六日天]|[周月][会报]|隔天|两天一次",
        r"假期|放假|假日|节日|过节|生日|[月年]底|偶尔|出差|旅[行游]|期末|发工资",
    ),
    "often": (
        r"\b(?:every|each) (?:time|hour|minute)\b|\b(?:whenever|hourly|all day|all the time|constantly|always)\b",
        r"\bcheck(?:ing)? (?:my )?(?:phone|messages|notifications)\b",
        r"每次|每当|每个?(?:小时|分钟)|每节课|一有|整天|一直|总是|时不时|[看刷](?:一?下)?手机",
    ),
}

PATTERNS: dict[Advice, re.Pattern[str]] = {
    advice: re.compile("|".join(alternatives)) for advice, alternatives in _ALTERNATIVES.items()
}
FILLER = re.compile(
    r"\b(?:after|i|m|im|am|is|are|when|once|as|soon|every|each|day|days|daily|my|the|a|an|in|at|on|it|s|of|then|right|just|"
    r"to|around|about|by|be|been|ve|have|done|with|for|from|and|or|that|this|finish|finished|today|really)\b"
    r"|每天|天天|今天|之后|以后|的时候|时候|然后|差不多|大概|左右|完成|一天|[在当我后时了的都会就快要再等]"
)
"""Words that are no act."""
