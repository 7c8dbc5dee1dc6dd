"""How one platform's connection is doing, in words an operator can act on."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Health:
    """`seconds` (monotonic) since it came up or was lost; `reason`: the platform's own word for the last trouble, or
    what is waited for; `failure`: advice, when nothing will be tried any more and a person has to change something."""

    connected: bool
    seconds: float
    reason: str = ""
    failure: str = ""
