"""A pack is taken whole or not at all, while the bot runs."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from content.library import SHIPPED
from content.read import PackError
from content.shelf import Shelf


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the shipped pack."""
    return Path(shutil.copytree(SHIPPED, tmp_path / "pack"))


def test_a_new_edition_replaces_the_old_and_who_holds_the_old_keeps_it(folder: Path) -> None:
    shelf = Shelf(folder)
    held = shelf.current
    path = folder / "cards" / "keys.yaml"
    path.write_text(
        path.read_text(encoding="utf-8").replace("The eight keys to an AI career", "Eight of them"), "utf-8"
    )
    shelf.reload()
    assert shelf.library.cards["card.keys.eight"].title.en == "Eight of them"
    assert held.library.cards["card.keys.eight"].title.en == "The eight keys to an AI career"
    assert shelf.current.index.search("eight of them")[0].id == "card.keys.eight"


@pytest.mark.parametrize("damage", ["kind: framework", "rev: 1"])
def test_a_wrong_pack_never_replaces_a_good_one(folder: Path, damage: str) -> None:
    shelf = Shelf(folder)
    before = shelf.current
    path = folder / "cards" / "keys.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace(damage, "rev: none", 1), encoding="utf-8")
    with pytest.raises(PackError, match=r"pack/cards/keys\.yaml:\d+: "):
        shelf.reload()
    assert shelf.current is before


def test_a_folder_that_is_gone_keeps_the_old_pack_too(folder: Path) -> None:
    shelf = Shelf(folder)
    before = shelf.current
    shutil.rmtree(folder)
    with pytest.raises(PackError):
        shelf.reload()
    assert shelf.current is before
