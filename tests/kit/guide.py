"""The small pack that docs/write-a-pack.md prints: read and proven in a moment, where the shipped one takes seconds."""

from __future__ import annotations

import re
from pathlib import Path

GUIDE = Path(__file__).parents[2] / "docs" / "write-a-pack.md"


def written(folder: Path) -> Path:
    """The guide's files, in `folder`; gives the pack's own folder in it."""
    blocks = re.findall(
        r"^```(?:yaml|text) (\S+)\n(.*?)^```", GUIDE.read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE
    )
    assert len(blocks) >= 8
    for name, text in blocks:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder / "my-pack"
