"""The house itself: no library owns a room's name, every file says why it exists, nothing secret is committed."""

from __future__ import annotations

import ast
import re
import subprocess
from importlib import metadata
from pathlib import Path

ROOT = Path(__file__).parents[2]
ROOMS = {"bot", "chat", "commands", "content", "habit", "matching", "sandbox", "scheduler", "sheets", "store"}
HOSTS = [re.compile(name + r"\.(?:org|io|net|com)") for name in ("pypi", "pythonhosted", "npmjs", "debian", "yarnpkg")]
MACHINE = re.compile(r"(?<![\w.])/(?:wo" + r"rk/main|ro" + r"ot/|ho" + r"me/\w)")


def files() -> list[Path]:
    """What git tracks, or everything where there is no git."""
    found = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard"], cwd=ROOT, capture_output=True, text=True, check=False
    ).stdout.split("\n")
    names = [ROOT / name for name in found if name] or [p for p in ROOT.rglob("*") if ".venv" not in p.parts]
    return [path for path in names if path.is_file()]


def test_no_installed_library_owns_a_rooms_name() -> None:
    owners = metadata.packages_distributions()
    assert {room: owners[room] for room in ROOMS if room in owners} == {}


def test_every_file_begins_by_saying_why_it_exists() -> None:
    silent = [
        str(path.relative_to(ROOT))
        for path in files()
        if path.suffix == ".py" and not ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
    ]
    assert silent == []


def test_files_stay_readable() -> None:
    long = {
        str(path.relative_to(ROOT)): count
        for path in files()
        if path.suffix == ".py" and "tests" not in path.parts and (count := len(path.read_text().splitlines())) > 300
    }
    assert long == {}, "one file, one idea: split these"


def test_no_file_names_a_registrys_host_or_a_path_of_somebodys_machine() -> None:
    told: list[str] = []
    for path in files():
        if path.suffix in {".png", ".ico"} or path.name == "LICENSE":
            continue
        text = path.read_text(encoding="utf-8", errors="replace")
        told += [f"{path.relative_to(ROOT)}: {m.group()}" for p in (*HOSTS, MACHINE) if (m := p.search(text))]
    assert told == []


def test_every_pin_has_its_hash() -> None:
    for name in ("requirements.lock", "requirements-runtime.lock"):
        entries = re.split(r"\n(?=[a-z0-9])", (ROOT / name).read_text(encoding="utf-8").strip(), flags=re.IGNORECASE)
        assert len(entries) > 20
        assert [entry.split()[0] for entry in entries if "--hash=sha256:" not in entry] == []


def test_the_image_runs_as_nobody_special_and_says_how_it_is() -> None:
    dockerfile = (ROOT / "Dockerfile").read_text(encoding="utf-8")
    assert "USER 10001" in dockerfile
    assert "HEALTHCHECK" in dockerfile
    assert "--require-hashes" in dockerfile
    assert "sandbox" not in dockerfile


def test_the_makefile_has_what_the_readme_promises() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for target in ("demo", "test", "check", "bench", "lock"):
        assert re.search(rf"^{target}:", makefile, re.MULTILINE), target
