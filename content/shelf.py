"""Holds the pack in use, and takes a new edition only when it is whole: a wrong pack never replaces a good one."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from content.index import Index
from content.library import Library, load


@dataclass(frozen=True, slots=True)
class Edition:
    """A library and its index, which belong together."""

    library: Library
    index: Index


class Shelf:
    """`current` is what handlers take at the beginning of a call and keep to its end."""

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder
        self.current = _read(folder)

    @property
    def library(self) -> Library:
        """The current edition's library."""
        return self.current.library

    def reload(self) -> Edition:
        """Reads the folder again. Raises PackError and keeps the old edition when anything is wrong.

        Blocking, up to seconds for a very large pack: call it in a thread.
        """
        self.current = _read(self._folder)
        return self.current


def _read(folder: Path | None) -> Edition:
    library = load(folder)
    return Edition(library, Index(library))
