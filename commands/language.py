"""/language: English, Chinese, or whatever the platform says."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal

from chat.action import Action
from chat.errors import Tellable
from chat.message import Button, Message, Row, Text
from chat.platform import Edit, Reply
from commands._call import Call
from commands._registry import Option, _, answers, command
from content.fold import fold
from content.say import Say, pick_language, speaker

Setting = Literal["en", "zh-CN", "auto"]
WORDS: dict[str, Setting] = {
    **dict.fromkeys(("en", "english", "eng", "英文", "英语", "yingwen"), "en"),
    **dict.fromkeys(
        ("zh", "zh cn", "cn", "chinese", "simplified chinese", "中文", "汉语", "简体", "简体中文"), "zh-CN"
    ),
    **dict.fromkeys(("auto", "automatic", "default", "自动", "跟随", "跟随平台"), "auto"),
}


@dataclass(frozen=True)
class LanguageChosen(Action, name="language"):
    """Speak this language to me: "en", "zh-CN" or "auto"."""

    setting: str


@command("language", _("English or Chinese, for everything I say to you"))
async def language(
    call: Call,
    choice: Annotated[
        str, Option(_("en, zh-CN, or auto"), choices=(("en", "English"), ("zh-CN", "中文"), ("auto", _("Automatic"))))
    ] = "",
) -> Reply:
    """Without a choice, shows what is set and offers the others."""
    if not choice.strip():
        return language_card(call.say, call.member.language)
    return await _set(call, choice)


@answers(LanguageChosen)
async def choose(call: Call, chosen: LanguageChosen) -> Reply:
    """The same by button; the answer is already in the new language."""
    return Edit(await _set(call, chosen.setting))


async def _set(call: Call, words: str) -> Message:
    if (setting := WORDS.get(fold(words))) is None:
        raise Tellable(call.say("I speak English and Chinese: `/language en`, `/language zh-CN` or `/language auto`."))
    async with call.store.begin() as tx:
        await tx.members.set_language(call.person, setting)
    return language_card(speaker(pick_language(setting, call.locale)), setting)


def language_card(say: Say, setting: Setting) -> Message:
    """What is set, and a button for each other choice."""
    text = (
        say("I speak English to you, as the platform tells me.")
        if setting == "auto"
        else say("I speak English to you.")
    )
    labels: list[tuple[Setting, str]] = [("en", "English"), ("zh-CN", "中文"), ("auto", say("Automatic"))]
    buttons = tuple(Button(label, LanguageChosen(name)) for name, label in labels if name != setting)
    return Message("", (Text(text), Row(buttons)))
