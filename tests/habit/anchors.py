"""Anchors as members write them, with the advice each should get; "" is none."""

from __future__ import annotations

PRECISE_EN = """
pour my coffee | put my toothbrush back | sit down at my desk | open my laptop | read my first chat message
open a new browser tab | put away my lunch plate | leave my first meeting | pack up after class
find my place on the train | close my laptop | turn off my 7 am alarm | hang up my coat | plug in my phone
feed the cat | lock my bike at work | put the cup down after breakfast | start the dishwasher | wake up
pull up my blanket in the evening | drop my daughter at school | put my badge on in the morning
"""
PRECISE_ZH = """
倒好咖啡 | 关上电脑 | 把牙刷放回杯子 | 在桌前坐下 | 打开电脑 | 看完第一条聊天消息 | 打开邮箱
把书放到桌上 | 收好午饭的碗筷 | 离开当天第一个会议
下课收好书包 | 在地铁上站稳或坐下 | 合上电脑 | 吃完早饭放下筷子 | 晚上刷完牙 | 关掉七点的闹钟
泡好方便面 | 给手机插上充电线 | 到公司打完卡 | 挂好外套
早上起床叠好被子 | 喂完猫
"""
FUZZY_EN: dict[str, str] = {
    "in the evening": "vague",
    "sometime": "vague",
    "in the morning": "vague",
    "after work": "vague",
    "before bed": "vague",
    "later today": "vague",
    "have breakfast": "vague",
    "during my commute": "vague",
    "at the end of the day": "vague",
    "every day": "vague",
    "dinner": "vague",
    "at 8:30": "clock",
    "half past eight": "clock",
    "9pm": "clock",
    "at my desk": "place",
    "on the train": "place",
    "when free": "condition",
    "when I have time": "condition",
    "if I feel motivated": "condition",
    "open my laptop when I'm not too busy": "condition",
    "on the weekend": "rare",
    "finish my weekly report": "rare",
    "every time I check my phone": "often",
}
FUZZY_ZH: dict[str, str] = {
    "晚上": "vague",
    "早上": "vague",
    "睡前": "vague",
    "下班后": "vague",
    "午休的时候": "vague",
    "工作的时候": "vague",
    "晚饭后": "vague",
    "平时": "vague",
    "每天": "vague",
    "通勤路上": "vague",
    "晚上九点": "clock",
    "8点半": "clock",
    "在地铁上": "place",
    "在公司": "place",
    "有空的时候": "condition",
    "有时间的话": "condition",
    "心情好的时候": "condition",
    "想起来的时候": "condition",
    "忙完了": "condition",
    "周末": "rare",
    "每周一开完组会": "rare",
    "偶尔": "rare",
    "每次看手机": "often",
}


def labelled() -> list[tuple[str, str]]:
    """(anchor, the advice it should get) pairs."""
    precise = [text.strip() for text in (PRECISE_EN + PRECISE_ZH).replace("\n", "|").split("|") if text.strip()]
    return [(text, "") for text in precise] + [*FUZZY_EN.items(), *FUZZY_ZH.items()]
