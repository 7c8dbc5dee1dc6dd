"""A database of an earlier version, with rows in it, is brought to today's tables: nothing lost, nothing sent twice."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from sqlalchemy.engine import Connection

import store as store_package
from chat.people import Person, Space
from store import open_store
from store.engine import make_engine, read_url
from store.proposals import Terms
from store.tables import metadata
from tests.store.shire import host, seeker

AT = datetime(2026, 11, 20, 23, 30, tzinfo=UTC)  # in Tokyo, where this PostgreSQL thinks it is, the next day has begun
MADE = "2026-11-20 23:30:00.000000"
LEASE_ENDS = "2026-11-20 23:31:00.000000"
ROWS = f"""
insert into spaces values ('slack:T1', 'slack', 'T1', 'Acme', '{MADE}', null);
insert into spaces values ('discord:G1', 'discord', 'G1', 'Guild', '{MADE}', null);
insert into members (space, member, language, zone, zone_source, role, quiz, reachable, created_at)
    values ('slack:T1', 'U1', 'auto', 'Europe/Berlin', 'profile', 'data-engineer', 'a,b', true, '{MADE}');
insert into members (space, member, language, reachable, created_at) values ('slack:T1', 'U2', 'en', false, '{MADE}');
insert into members (space, member, language, reachable, created_at) values ('discord:G1', 'U3', 'en', true, '{MADE}');
insert into nudges values ('slack:T1', 'U1', 'pour my coffee', 'open the course', 'smile', '08:30:00.000000',
    'Europe/Berlin', 127, 'on', null, '2026-11-23', '{MADE}', '2026-11-20', '{MADE}', 7);
insert into nudges values ('slack:T1', 'U2', 'sit down', 'read a line', '', '08:30:00.000000',
    'Europe/Berlin', 31, 'off', null, null, null, null, '{MADE}', 2);
"""
DELIVERY = """
insert into deliveries (space, member, id, kind, day, ordinal, subject, subject_rev, state, attempt, not_before,
    first_claimed_at, error, planned_at, sent_at, answer)
    values ('{space}', '{member}', '{id}', 'prompt', '2026-11-{day}', 0, 'read-one', 1, '{state}', 1, {not_before},
    '{made}', {error}, '{made}', {sent_at}, {answer})
"""


MATCHING = set(
    "seekers hosts introductions sides met blocks reports notes conducts programmes programme_members rounds "
    "round_members circles circle_members".split()
)
SHEETS = {table.name for table in metadata.sorted_tables if table.name.startswith("sheet")}


def delivery(  # one row as version 0002 wrote it
    id_: str, day: int, state: str, *, again: str = "", error: str = "", done: bool = False, who: str = "slack:T1/U1"
) -> str:
    space, _, member = who.partition("/")
    quoted = {"not_before": again, "error": error, "sent_at": MADE if done else "", "answer": "done" if done else ""}
    values = {name: f"'{value}'" if value else "null" for name, value in quoted.items()}
    return DELIVERY.format(space=space, member=member, id=id_, day=day, state=state, made=MADE, **values)


def upgrade(connection: Connection, version: str) -> None:
    """As far as that version."""
    config = Config()
    config.set_main_option("script_location", str(Path(store_package.__file__).parent / "migrations"))
    config.attributes["connection"] = connection
    command.upgrade(config, version)


async def at_0002(url: str, statements: list[str]) -> None:
    """A database as version 0002 left it."""
    engine = make_engine(read_url(url))
    async with engine.begin() as db:
        if engine.dialect.name == "postgresql":  # a server's own zone must not move anybody's day
            await db.exec_driver_sql(f'alter database "{engine.url.database}" set timezone to "Asia/Tokyo"')
    await engine.dispose()
    async with engine.begin() as db:
        await db.run_sync(upgrade, "0002")
        if engine.dialect.name == "postgresql":
            await db.exec_driver_sql("set local timezone to 'UTC'")
        for statement in [part for part in ROWS.split(";\n") if part.strip()] + statements:
            await db.exec_driver_sql(statement)
    await engine.dispose()


async def test_members_and_their_nudges_live_on_after_the_upgrade_to_the_whole_loop(url: str) -> None:
    await at_0002(url, [delivery("d1", 20, "sent", done=True)])
    store = await open_store(url)
    ada, bo = Person(Space("slack", "T1"), "U1"), Person(Space("slack", "T1"), "U2")
    async with store.begin() as tx:
        member = await tx.members.get(ada)
        assert member is not None
        assert (member.role, member.quiz, member.zone) == ("data-engineer", "a,b", "Europe/Berlin")
        assert (member.track, member.optins, member.onboarded, member.direct) == ("any", frozenset(), "", None)

        nudge, off = await tx.nudges.get(ada), await tx.nudges.get(bo)
        assert nudge is not None
        assert off is not None
        assert (nudge.state, nudge.runs, nudge.rhythm, nudge.dose, nudge.unanswered) == ("active", True, "daily", 0, 0)
        assert (nudge.started_on, nudge.next_at, nudge.version) == (date(2026, 11, 20), AT, 7)
        assert (nudge.reflect_day, nudge.reflect_at, nudge.offered, nudge.last_at) == (None, None, {}, None)
        assert (off.state, off.runs, off.next_at) == ("off", False, None)
        assert [(due.space, due.member) for due in await tx.moments.due(AT)] == [("slack:T1", "U1")]

        old = await tx.deliveries.get(ada, "d1")
        assert old is not None
        assert (old.answer, old.dose, old.extra, old.why, old.note) == ("done", 0, "", "", None)
        assert await tx.deliveries.days(ada) == (date(2026, 11, 20),)
        kinds = await tx.members._db.execute(sa.text("select dose, unanswered from nudges"))  # pyright: ignore[reportPrivateUsage]
        assert {(type(a), type(b)) for a, b in kinds.all()} == {(int, int)}
    await store.close()


async def test_what_was_on_its_way_before_the_upgrade_is_found_and_remembers_its_doubt(url: str) -> None:
    claimed = delivery("claimed", 20, "claimed", again=LEASE_ENDS)
    waiting = delivery("waiting", 19, "retry", again=MADE, error="ratelimited")
    planned = delivery("planned", 18, "planned", again=MADE)
    finished = delivery("unsure", 17, "ambiguous", error="connection_lost")
    lost = delivery("lost", 20, "retry", again=MADE, error="ServerDisconnectedError", who="discord:G1/U3")
    slow = delivery("slow", 19, "retry", again=MADE, error="http 429", who="discord:G1/U3")
    await at_0002(url, [claimed, waiting, planned, finished, lost, slow])
    store = await open_store(url)
    slack, discord, minute = Space("slack", "T1"), Space("discord", "G1"), timedelta(minutes=1)
    async with store.begin() as tx:
        assert await tx.claims.due_spaces(AT) == (discord, slack)
        now = {row.id: row.doubtful for row in await tx.claims.claim(slack, "w", AT, limit=9)}
        assert now == {"waiting": False, "planned": False}  # who claimed it may be alive until the lease has run out
        later = await tx.claims.claim(slack, "w", AT + minute, limit=9)
        assert [(row.id, row.doubtful, row.attempt) for row in later] == [("claimed", True, 2)]
        others = {row.id: row.doubtful for row in await tx.claims.claim(discord, "w", AT, limit=9)}
        assert others == {"lost": True, "slow": False}
        assert dict(await tx.deliveries.counts_by_state()) == {"claimed": 5, "ambiguous": 1}
    await store.close()


async def rows(url: str) -> dict[str, list[tuple[object, ...]]]:
    """All rows of the tables there were before matching."""
    engine = make_engine(read_url(url))
    tables = [table.name for table in metadata.sorted_tables if table.name not in MATCHING | SHEETS]
    async with engine.begin() as db:
        found = {name: sorted(map(tuple, await db.exec_driver_sql(f"select * from {name}"))) for name in tables}
    await engine.dispose()
    return found


async def test_a_living_community_takes_up_matching_with_everything_as_it_was(url: str) -> None:
    await at_0002(url, [delivery("d1", 20, "sent", done=True), delivery("d2", 19, "planned", again=MADE)])
    engine = make_engine(read_url(url))
    async with engine.begin() as db:
        await db.run_sync(upgrade, "0003")
        await db.exec_driver_sql(f"update members set consent_at = '{MADE}' where member = 'U1'")
        await db.run_sync(upgrade, "0004")
        left = f"update members set left_at = '{MADE}', asked_at = '{MADE}' where member = 'U3'"
        await db.exec_driver_sql(left)
        await db.exec_driver_sql("insert into reflections values ('slack:T1', 'U1', '2026-11-20', 'a', 'b', 'c', 'q')")
    await engine.dispose()
    before = await rows(url)
    assert {name: len(found) for name, found in before.items() if found} == {
        "spaces": 2, "members": 3, "nudges": 2, "deliveries": 2, "reflections": 1,
    }  # fmt: skip

    store = await open_store(url)
    ada, bo = Person(Space("slack", "T1"), "U1"), Person(Space("slack", "T1"), "U2")
    async with store.begin() as tx:
        agreed, other = await tx.members.get(ada), await tx.members.get(bo)
        assert agreed is not None
        assert other is not None
        assert (agreed.consent_version, other.consent_version) == (1, None), "whoever agreed before agreed to the first"
        await tx.seekers.save(seeker(ada), AT)
        await tx.hosts.save(host(bo), AT)
        made = await tx.proposals.propose(ada, bo, Terms(next=None), AT)
        assert (await tx.proposals.accept(bo, made.id, AT, next=None)).state == "accepted"
    await store.close()
    assert await rows(url) == before
