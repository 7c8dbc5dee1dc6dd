"""Words that say nothing about what is looked for, in both languages, folded as `content.fold` folds."""

from __future__ import annotations

ENGLISH = frozenset(
    "a about after again ain't all also always am an and another any anybody anyone anything are aren't as ask at be "
    "because been before being best better but by can can't cannot could did didn't do does doesn't doing don't done "
    "else even ever every for from get gets getting give go going good got had has have haven't he her here hers him "
    "his how i i'd i'll i'm i've if in into is isn't it it's its just keep kind know let like lot make many may me "
    "might mine more most much my need never no not now of off on once one only or other our out over own people "
    "please really s same say she so some somebody someone something still such t take tell than that that's the "
    "their them then there these they thing things this those to too try up us use used very want was wasn't way we "
    "well were what what's when where which while who whom whose why will with without won't would you you'd you're "
    "your yours".split()
)
CHINESE = (
    "怎么样", "怎么办", "怎么", "怎样", "如何", "什么", "为什么", "是不是", "有没有", "能不能", "要不要", "可不可以",
    "一下", "哪些", "哪个", "多少", "可以", "应该", "需要", "我们", "他们", "自己", "一个", "这个", "那个", "那本",
    "的", "了", "吗", "呢", "吧", "啊", "我", "你", "他", "她", "它", "是", "在", "有", "和", "与", "就", "都", "也",
    "还", "很", "把", "被", "给", "跟", "对", "想", "要", "会", "能", "该", "让", "着", "过", "啥", "咋",
)  # fmt: skip


def without_filler(folded: str) -> str:
    """A folded question without these words; unchanged when nothing would be left.

    >>> without_filler("how do i write a cv"), without_filler("简历怎么写")
    ('write cv', '简历 写')
    """
    kept: list[str] = []
    for run in folded.split():
        if run.isascii():
            if run not in ENGLISH:
                kept.append(run)
            continue
        for word in CHINESE:
            run = run.replace(word, " ")  # noqa: PLW2901
        kept += run.split()
    return " ".join(kept) or folded
