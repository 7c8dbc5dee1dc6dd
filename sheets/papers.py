"""What a line about a paper points to: a DOI, an arXiv id or an address, and whether two lines mean the same paper."""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import urlsplit

from content.fold import fold

_DOI = re.compile(r"\b10\.\d{4,9}/[^\s\"<>，。；]+", re.IGNORECASE)
_ARXIV = re.compile(
    r"(?:arxiv[:/ ]\s*|arxiv\.org/(?:abs|pdf|html)/)((?:\d{4}\.\d{4,5}|[a-z-]+(?:\.[A-Z]{2})?/\d{7}))(?:v\d+)?",
    re.IGNORECASE,
)
_BARE_ARXIV = re.compile(r"\s*(\d{4}\.\d{4,5})(?:v\d+)?\s*")
_ADDRESS = re.compile(r"(?:(?:https?|ftp|htp|ttps?|hhtps?)\s?:\s?/{1,3}|www\.)\S*", re.IGNORECASE)
_LOOKS_DOI = re.compile(r"\bdoi(?:\.org)?[:/ ]\s*\S+|\b10\.\d{4,9}/(?=\s|$)", re.IGNORECASE)
_LOOKS_ARXIV = re.compile(r"\barxiv\s*(?::|\.org/|\s(?=\d)(?!(?:19|20)\d\d(?!\.?\d)))\s*\S+", re.IGNORECASE)
_TAIL = ".,;:)]}>。，；）】》\"'"


def plain(line: str) -> str:
    """Full-width letters, digits and points as half-width ones."""
    return unicodedata.normalize("NFKC", line).strip()


def broken(line: str) -> str | None:
    """The part of a line that begins like an address, a DOI or an arXiv id and is none; a title is never broken.

    >>> broken("https://arxiv"), broken("arXiv:2301.12"), broken("10.1000/xyz123"), broken("Attention is all you need")
    ('https://arxiv', 'arXiv:2301.12', None, None)
    """
    text = plain(line)
    if found := _ADDRESS.search(text):
        return None if _leads(found.group().rstrip(_TAIL)) else found.group()
    if (found := _LOOKS_ARXIV.search(text)) and not _ARXIV.search(text):
        return found.group()
    if (found := _LOOKS_DOI.search(text)) and not _DOI.search(text):
        return found.group()
    return None


def identity(line: str) -> str:
    """The same for two lines about one paper: its DOI, its arXiv id without a version, its address, else its title.

    >>> identity("https://arxiv.org/abs/1706.03762v5") == identity("arXiv: 1706.03762")
    True
    """
    text = plain(line)
    if found := _ARXIV.search(text) or _BARE_ARXIV.fullmatch(text):
        return f"arxiv:{found.group(1).casefold()}"
    if found := _DOI.search(text):
        return f"doi:{found.group().rstrip(_TAIL).casefold()}"
    if found := _ADDRESS.search(text):
        parts = urlsplit(found.group().rstrip(_TAIL))
        return f"{parts.netloc.removeprefix('www.')}{parts.path.rstrip('/')}?{parts.query}".casefold()
    return fold(text).replace(" ", "")


def _leads(address: str) -> bool:
    if address.casefold().startswith("www."):
        address = f"https://{address}"
    try:
        parts = urlsplit(address)
        host = parts.hostname or ""
    except ValueError:
        return False
    path = f"{parts.netloc}{parts.path}"
    if "arxiv.org/" in path and re.search(r"/(abs|pdf|html)(/|$)", parts.path):
        return _ARXIV.search(path) is not None
    if host.endswith("doi.org"):
        return _DOI.search(parts.path) is not None
    ends = re.fullmatch(r"(?:[\w-]+\.)+[^\W\d_]{2,}", host.removeprefix("www.")) is not None
    return parts.scheme in {"http", "https", "ftp"} and ends
