"""Holds the pack in use, and takes a new edition only when it is whole: a wrong pack never replaces a good one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from threading import Lock

from content.index import Index
from content.library import Library, load
from content.read import PackError


@dataclass(frozen=True, slots=True)
class Edition:
    """A library and its index, which belong together."""

    library: Library
    index: Index


class Shelf:
    """`current` is what handlers take at the beginning of a call and keep to its end.

    `proof` says what is wrong with a library that could be read: what only rendering shows. A pack that is not the
    shipped one has to pass it, at the start and at every reload.
    """

    def __init__(self, folder: Path | None = None, proof: Callable[[Library], Sequence[str]] | None = None) -> None:
        self._folder, self._proof, self._lock = folder, proof, Lock()
        library = load(folder)
        self.current = self._proven(library) if folder else Edition(library, Index(library))

    @property
    def library(self) -> Library:
        """The current edition's library."""
        return self.current.library

    def reload(self) -> Edition:
        """Reads the folder again. Raises PackError and keeps the old edition when anything is wrong.

        Blocking, up to seconds for a large pack: call it in a thread. Of two at once the later begins when the earlier
        has ended, so what was read last stays.
        """
        with self._lock:
            self.current = self._proven(load(self._folder))
            return self.current

    def _proven(self, library: Library) -> Edition:
        if self._proof and (problems := self._proof(library)):
            raise PackError(list(problems))
        return Edition(library, Index(library))
