"""Secrets at rest: AES-GCM with a ring of keys that live outside the database.

The associated data names the space and the value, so a ciphertext copied to another row does not open there.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import os
from collections.abc import Sequence

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from store.errors import SecretUnreadable, StoreError

_VERSION = b"\x01"
_ID, _NONCE = 4, 12


class Keyring:
    """32-byte keys; the first encrypts, all of them decrypt, so keys can be rotated."""

    def __init__(self, keys: Sequence[bytes]) -> None:
        if not keys or any(len(key) != 32 for key in keys):
            raise StoreError("STEPPINGSTONE_KEYS needs one or more keys of 32 bytes: `python -m bot new-key` makes one")
        self._ring = {_key_id(key): AESGCM(key) for key in keys}
        self._first = _key_id(keys[0])

    @classmethod
    def parse(cls, text: str) -> Keyring:
        """Base64 keys separated by commas, newest first."""
        try:
            return cls([base64.urlsafe_b64decode(part.strip()) for part in text.split(",") if part.strip()])
        except (binascii.Error, ValueError) as error:
            raise StoreError("STEPPINGSTONE_KEYS is not base64: `python -m bot new-key` makes a key") from error

    @staticmethod
    def generate() -> str:
        """A fresh key as text."""
        return base64.urlsafe_b64encode(os.urandom(32)).decode()

    def seal(self, value: str, about: str) -> bytes:
        """version(1) | key id(4) | nonce(12) | ciphertext and tag. `about` is authenticated, not stored."""
        nonce = os.urandom(_NONCE)
        return _VERSION + self._first + nonce + self._ring[self._first].encrypt(nonce, value.encode(), about.encode())

    def open(self, sealed: bytes, about: str) -> str:
        """The inverse of `seal`. Raises SecretUnreadable."""
        key_id, nonce, rest = sealed[1 : 1 + _ID], sealed[1 + _ID : 1 + _ID + _NONCE], sealed[1 + _ID + _NONCE :]
        key = self._ring.get(key_id)
        if sealed[:1] != _VERSION or key is None:
            raise SecretUnreadable("a stored secret was sealed with a key that STEPPINGSTONE_KEYS no longer holds")
        try:
            return key.decrypt(nonce, rest, about.encode()).decode()
        except InvalidTag as error:
            raise SecretUnreadable("a stored secret was altered or moved to another row; install again") from error


def _key_id(key: bytes) -> bytes:
    return hashlib.sha256(b"steppingstone key id" + key).digest()[:_ID]
