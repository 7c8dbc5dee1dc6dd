"""Which zone data this process lives by: next moments are recomputed when it is not the one they were computed with."""

from __future__ import annotations

import hashlib
import zoneinfo
from functools import cache
from importlib import resources
from pathlib import Path

import tzdata

from chat.moment import zones


@cache
def zone_data_version() -> str:
    """The IANA version and twelve digits of a digest of every zone's rules, such as "2026f 0a1b2c3d4e5f": a patched or
    half-updated folder calls itself the same, and differs. zoneinfo prefers the machine's folder to the tzdata package;
    so does this. Reads about 560 small files, once."""
    digest = hashlib.sha256()
    for name in sorted(zones()):
        digest.update(name.encode() + b"\0" + _rules(name))
    return f"{_named()} {digest.hexdigest()[:12]}"


def _folders() -> tuple[Path, ...]:
    return tuple(Path(folder) for folder in zoneinfo.TZPATH)


def _rules(name: str) -> bytes:
    for folder in _folders():
        if (folder / name).is_file():
            return (folder / name).read_bytes()
    return resources.files("tzdata").joinpath("zoneinfo", *name.split("/")).read_bytes()


def _named() -> str:
    """The version the data gives itself: tzdata.zi begins with "# version 2026f"."""
    for folder in _folders():
        if (folder / "Europe/London").is_file():
            index = folder / "tzdata.zi"
            first = index.read_text("utf-8").partition("\n")[0] if index.is_file() else ""
            return first.removeprefix("# version ").strip() or "unnamed"
    return tzdata.IANA_VERSION
