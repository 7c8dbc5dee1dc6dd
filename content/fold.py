"""How words are compared: width, case and accents aside; English by words, Chinese by pairs of characters."""

from __future__ import annotations

import re
import unicodedata

_RUN = re.compile(r"[\u3400-\u9fff]+|[a-z0-9+#]+(?:'[a-z]+)?")
_ACCENTED = re.compile(r"[\u00c0-\u024f\u0300-\u036f]")
_HAN = re.compile(r"[\u3400-\u9fff]")


def fold(text: str) -> str:
    """Lower case, full width as half width, no accents, anything but letters, digits, + and # a space.

    >>> fold("Résumé：ＣＶ 简历!")
    'resume cv 简历'
    """
    if text.isascii():
        plain = text.lower()
    else:
        plain = unicodedata.normalize("NFKC", text).casefold().replace("’", "'")
        if _ACCENTED.search(plain):
            decomposed = unicodedata.normalize("NFKD", plain)
            plain = unicodedata.normalize("NFC", "".join(c for c in decomposed if not unicodedata.combining(c)))
    return " ".join(_RUN.findall(plain.replace("'s ", " ")))


def terms(folded: str) -> list[str]:
    """The tokens a text is found by: English words; Chinese characters and pairs of them.

    >>> terms("ml engineer 机器学")
    ['ml', 'engineer', '机', '器', '学', '机器', '器学']
    """
    found: list[str] = []
    for run in folded.split():
        if _HAN.match(run):
            found += [*run, *(run[at : at + 2] for at in range(len(run) - 1))]
        else:
            found.append(run)
    return found


def is_han(term: str) -> bool:
    """Whether a token is Chinese."""
    return bool(_HAN.match(term))
