"""/help and /role as members meet them."""

from __future__ import annotations

import pytest

from tests.kit.house import House, until


async def test_help_lists_every_command(home: House, platform: str) -> None:
    shown = await home.person(platform, "Ada").type("/help")
    for name in ("/help", "/nudge now", "/nudge off", "/nudge on", "/nudge pause", "/nudge show", "/role"):
        assert name in shown.text


@pytest.mark.parametrize(
    ("words", "title"),
    [
        ("mle", "Machine learning engineer"),
        ("machin lerning enginer", "Machine learning engineer"),
        ("数据科学家", "Data scientist"),
        ("data analist", "Data analyst"),
        ("SWE", "Software engineer"),
    ],
)
async def test_a_role_is_found_by_nickname_typo_and_in_the_other_language(
    home: House, platform: str, words: str, title: str
) -> None:
    shown = await home.person(platform, "Ada").type(f"/role {words}")
    assert shown.text.removeprefix("## ").splitlines()[0] == title


async def test_an_unknown_role_is_answered_honestly(home: House, platform: str) -> None:
    ada = home.person(platform, "Ada")
    shown = await ada.type("/role prompt engineer")
    assert "is not among the six roles" in shown.text
    card = await ada.press(shown, "Machine learning engineer")
    assert "Train models" in card.text


async def test_a_role_is_chosen_and_remembered_over_a_restart(home: House, platform: str) -> None:
    ada = home.person(platform, "Ada")
    card = await ada.press(await ada.type("/role"), "Data analyst")
    chosen = await ada.press(card, "I am growing into this")
    assert "This is the role you are growing into." in chosen.text
    await home.restart()
    assert "You are growing into: Data analyst" in (await ada.type("/role")).text


async def test_discord_completes_role_names(home: House) -> None:
    ada = home.person("discord", "Ada")
    choices = await ada.world.complete(ada.id, "/role name:mach")
    assert ("role.ml-engineer", "Machine learning engineer") in choices
    lin = home.person("discord", "林雨")
    assert ("role.data-scientist", "数据科学家") in await lin.world.complete(lin.id, "/role name:数据")


async def test_the_same_member_id_in_two_spaces_is_two_members(home: House, platform: str) -> None:
    here, there = home.person(platform, "Ada"), home.person(platform, "Ada", space=1)
    assert here.id.rpartition("/")[2] == there.id.rpartition("/")[2]
    card = await here.press(await here.type("/role"), "Data analyst")
    await here.press(card, "I am growing into this")
    await until(lambda: "growing into." in here.here()[-1].text, "chosen")
    assert "growing into" not in (await there.type("/role")).text
