"""Scripted misbehaviour, shared by both worlds: a queue that requests consult by name."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from sandbox.world import Fault, Refused

LONGEST = 3600.0  # seconds a fault may last
KINDS = {"drop", "drop_before", "status", "stall", "rate_limit", "lose", "refuse"}


class FaultQueue:
    """Faults in the order they were added; each is used up after `times` hits."""

    def __init__(self, drop_connections: Callable[[], None]) -> None:
        self._faults: list[Fault] = []
        self._drop = drop_connections

    def add(self, fault: Fault) -> None:
        """Arms a fault. Raises Refused for one that could never act."""
        if fault.kind not in KINDS:
            raise Refused(f"a fault's kind is one of {', '.join(sorted(KINDS))}")
        if fault.times < 1 or not 0 <= fault.seconds <= LONGEST or not 400 <= fault.status <= 599:
            raise Refused("a fault needs times of at least 1, seconds from 0 to 3600 and a status from 400 to 599")
        if (fault.kind == "refuse") != bool(fault.code):
            raise Refused("a refusal, and nothing else, needs the platform's own code")
        self._faults.append(fault)

    def clear(self) -> None:
        """Disarms all."""
        self._faults.clear()

    def pending(self) -> Sequence[Fault]:
        """What is still armed."""
        return tuple(self._faults)

    def drop_connections(self) -> None:
        """Closes every bot connection at once."""
        self._drop()

    def hit(self, name: str) -> Fault | None:
        """The first fault that matches a method or path, one of its hits used up."""
        for fault in self._faults:
            if fault.match in name:
                fault.times -= 1
                if fault.times <= 0:
                    self._faults.remove(fault)
                return fault
        return None
