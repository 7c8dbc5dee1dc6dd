"""The README's tables are true: everything that is served is named there, and every test named there exists."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from typing import get_args

from sandbox.discord import rest
from sandbox.faults import KINDS
from sandbox.server import Sandbox
from sandbox.slack.api import APP_METHODS, METHODS
from sandbox.slack.blocks import SERVED
from sandbox.slack.elements import ASKED, INTERACTIVE, QUIET
from sandbox.steering import Steering
from sandbox.world import Trouble

ROOT = Path(__file__).parents[2]
README = (ROOT / "sandbox" / "README.md").read_text(encoding="utf-8")
ROWS = [line for line in README.splitlines() if line.startswith("| ")]


def test_every_named_test_exists() -> None:
    named = re.findall(r"`([\w/]+\.py)::(\w+)`", README)
    assert len(named) > 60
    for path, name in named:
        tree = ast.parse((ROOT / "tests" / path).read_text(encoding="utf-8"))
        known = {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)}
        assert name in known, f"{path} has no {name}"


def test_every_row_of_the_tables_names_its_test() -> None:
    served = README.partition("## Served")[2].partition("## Knowingly")[0]
    rows = [line for line in served.splitlines() if line.startswith("| ") and not line.startswith(("| rule", "| ---"))]
    assert [row for row in rows if not re.search(r"`[\w/]+\.py::\w+` \|$", row)] == []


def test_every_slack_method_block_and_element_is_named() -> None:
    words = set(re.findall(r"[\w.]+", README))
    served = {*METHODS, *APP_METHODS, *SERVED, *INTERACTIVE, *ASKED, *QUIET}
    assert served - words == set()


def test_every_discord_route_is_named() -> None:
    text = README.replace("and the same below `/applications/{app}/guilds/{guild}/commands`", _spelled_out())
    paths = {path for row in text.splitlines() for path in re.findall(r"(/[\w@{}/-]+)", row)}
    missing = [f"{method} {path}" for method, path in rest.ROUTES | rest.WITHOUT_TOKEN if path not in paths]
    assert missing == []
    for method, path in rest.ROUTES | rest.WITHOUT_TOKEN:
        rows = [row for row in text.splitlines() if path + "`" in row]
        assert any(method in row for row in rows), f"{method} {path}"


def _spelled_out() -> str:
    here = "/applications/{app}/guilds/{guild}/commands"
    return f"`PUT {here}`, `DELETE {here}/{{command}}`"


def test_every_deed_fault_and_trouble_is_named() -> None:
    deeds = Steering({}, Sandbox().clock).deeds
    for word in (*deeds, *KINDS, *get_args(Trouble)):
        assert f"`{word}`" in README, word
