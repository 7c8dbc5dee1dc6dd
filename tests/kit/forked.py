"""What the fork server of `tests.kit.mortal_clock` loads once, so that no child does: the pack and every command."""

from __future__ import annotations

from commands._registry import load as load_commands
from tests.kit.house import shipped

shipped()
load_commands()
