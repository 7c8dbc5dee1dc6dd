"""Tokens at rest: unreadable in the file, bound to their space and name, readable after a change of keys."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
import sqlalchemy as sa

from chat.people import Space, SpaceInfo
from store import Keyring, SecretUnreadable, Store, StoreError, open_store
from store.tables import space_secrets

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
SHIRE, BREE = Space("slack", "TSHIRE"), Space("slack", "TBREE")
TOKEN = "xoxb-one-ring-to-rule-them-all"


async def _two_spaces(store: Store) -> None:
    async with store.begin() as tx:
        for space in (SHIRE, BREE):
            await tx.spaces.joined(SpaceInfo(space, space.id), NOW)
        await tx.secrets.put(SHIRE, "bot_token", TOKEN)


async def test_a_token_comes_back_and_only_in_its_space(store: Store) -> None:
    await _two_spaces(store)
    async with store.begin() as tx:
        assert await tx.secrets.get(SHIRE, "bot_token") == TOKEN
        assert await tx.secrets.get(BREE, "bot_token") is None
        await tx.secrets.forget(SHIRE, "bot_token")
        assert await tx.secrets.get(SHIRE, "bot_token") is None


async def test_a_ciphertext_moved_to_another_space_or_name_does_not_open(store: Store) -> None:
    await _two_spaces(store)
    async with store.begin() as tx:
        db = tx.members._db  # pyright: ignore[reportPrivateUsage]
        sealed = (await db.execute(sa.select(space_secrets.c.ciphertext))).scalar_one()
        await db.execute(sa.insert(space_secrets).values(space=BREE.key, name="bot_token", ciphertext=sealed))
        await db.execute(sa.insert(space_secrets).values(space=SHIRE.key, name="other", ciphertext=sealed))
        for space, name in ((BREE, "bot_token"), (SHIRE, "other")):
            with pytest.raises(SecretUnreadable):
                await tx.secrets.get(space, name)


async def test_the_file_holds_no_token(tmp_path: Path) -> None:
    path = tmp_path / "s.sqlite3"
    store = await open_store(str(path), keyring=Keyring.parse(Keyring.generate()))
    await _two_spaces(store)
    await store.close()
    assert all(TOKEN.encode() not in file.read_bytes() for file in tmp_path.iterdir())


async def test_keys_rotate_and_a_wrong_key_says_so(url: str) -> None:
    old, new = Keyring.generate(), Keyring.generate()
    store = await open_store(url, keyring=Keyring.parse(old))
    await _two_spaces(store)
    await store.close()

    store = await open_store(url, keyring=Keyring.parse(f"{new},{old}"))
    async with store.begin() as tx:
        assert await tx.secrets.reencrypt_all() == 1
    await store.close()

    store = await open_store(url, keyring=Keyring.parse(new))
    async with store.begin() as tx:
        assert await tx.secrets.get(SHIRE, "bot_token") == TOKEN
    await store.close()

    store = await open_store(url, keyring=Keyring.parse(old))
    with pytest.raises(SecretUnreadable, match="STEPPINGSTONE_KEYS"):
        async with store.begin() as tx:
            await tx.secrets.get(SHIRE, "bot_token")
    await store.close()


async def test_without_keys_nothing_is_kept(url: str) -> None:
    store = await open_store(url)
    with pytest.raises(StoreError, match="new-key"):
        async with store.begin() as tx:
            await tx.spaces.joined(SpaceInfo(SHIRE, "Shire"), NOW)
            await tx.secrets.put(SHIRE, "bot_token", TOKEN)
    await store.close()


@pytest.mark.parametrize("text", ["short", "bm90IGxvbmcgZW5vdWdo", "", "ä"])
def test_bad_keys_are_refused_with_advice(text: str) -> None:
    with pytest.raises(StoreError, match="new-key"):
        Keyring.parse(text)
