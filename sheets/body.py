"""What members wrote on a sheet as one JSON text, the form in which it is sealed and stored; strict, and versioned."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal, cast

from chat.errors import SteppingstoneError
from chat.people import Space
from sheets.sheet import Filled, Item, Return, Sheet, SheetState, Value, Values

VERSION = 1
Json = str | int | bool | None | list["Json"] | dict[str, "Json"]


class BodyUnreadable(SteppingstoneError):
    """A stored body this version cannot read. The text names the place, never what stands there."""


def to_json(sheet: Sheet) -> str:
    """Its step, steps, history and next id; everything else of a sheet is a column of its own. The same sheet always
    gives the same text."""
    body: dict[str, Json] = {
        "v": VERSION,
        "step": sheet.step,
        "steps": {key: _filled(one) for key, one in sheet.steps.items()},
        "history": [[one.at.isoformat(), one.from_, one.to, one.reason] for one in sheet.history],
        "next_id": sheet.next_id,
    }
    return json.dumps(body, ensure_ascii=False, separators=(",", ":"))


def of_json(
    space: Space,
    id_: str,
    text: str,
    *,
    worksheet: str,
    lang: Literal["en", "zh-CN"],
    state: SheetState,
    created_at: datetime | None,
    updated_at: datetime | None,
    version: int,
) -> Sheet:
    """The inverse of `to_json`. Raises BodyUnreadable for another version and for anything else that is not a body."""
    try:
        body = _Read("body", cast("Json", json.loads(text)))
    except ValueError as error:
        raise BodyUnreadable("a body that is no JSON") from error
    if (found := body.get("v").whole()) != VERSION:
        raise BodyUnreadable(f"a body of version {found}, this program reads {VERSION}")
    return Sheet(
        space=space,
        id=id_,
        worksheet=worksheet,
        lang=lang,
        state=state,
        step=body.get("step").text(),
        steps={key: _filled_of(one) for key, one in body.get("steps").map().items()},
        history=tuple(_return_of(one) for one in body.get("history").items()),
        next_id=body.get("next_id").whole(),
        created_at=created_at,
        updated_at=updated_at,
        version=version,
    )


def _filled(one: Filled) -> Json:
    return {
        "values": _values(one.values),
        "each": {part: {str(id_): _values(kept) for id_, kept in lines.items()} for part, lines in one.each.items()},
        "version": one.version,
        "saved_at": one.saved_at.isoformat() if one.saved_at else None,
        "recheck": one.recheck,
        "kept": list[Json](sorted(one.kept)),
        "first_on": one.first_on.isoformat() if one.first_on else None,
    }


def _values(values: Values) -> dict[str, Json]:
    return {key: _value(value) for key, value in values.items()}


def _value(value: Value) -> Json:
    """Text as it is, texts as a list, lines as pairs of id and text."""
    if isinstance(value, str):
        return value
    return [[one.id, one.text] if isinstance(one, Item) else one for one in value]


@dataclass(frozen=True, slots=True)
class _Read:
    """One value of the JSON and where it stands, for the error's sentence."""

    at: str
    data: Json

    def get(self, key: str) -> _Read:
        found = self.map()
        if key not in found:
            raise BodyUnreadable(f"{self.at} has no {key!r}")
        return found[key]

    def map(self) -> Mapping[str, _Read]:
        if not isinstance(self.data, dict):
            raise BodyUnreadable(f"{self.at} is no map")
        return {key: _Read(f"{self.at}.{key}", one) for key, one in self.data.items()}

    def items(self) -> tuple[_Read, ...]:
        if not isinstance(self.data, list):
            raise BodyUnreadable(f"{self.at} is no list")
        return tuple(_Read(f"{self.at}[{n}]", one) for n, one in enumerate(self.data))

    def text(self) -> str:
        if not isinstance(self.data, str):
            raise BodyUnreadable(f"{self.at} is no text")
        return self.data

    def whole(self) -> int:
        if not isinstance(self.data, int) or isinstance(self.data, bool):
            raise BodyUnreadable(f"{self.at} is no whole number")
        return self.data

    def day(self) -> date:
        try:
            return date.fromisoformat(self.text())
        except ValueError as error:
            raise BodyUnreadable(f"{self.at} is no day") from error

    def moment(self) -> datetime:
        try:
            found = datetime.fromisoformat(self.text())
        except ValueError as error:
            raise BodyUnreadable(f"{self.at} is no moment") from error
        if found.tzinfo is None:
            raise BodyUnreadable(f"{self.at} is a moment without a zone")
        return found


def _filled_of(read: _Read) -> Filled:
    each = {
        part: {_id_of(id_, values): _values_of(values) for id_, values in lines.map().items()}
        for part, lines in read.get("each").map().items()
    }
    saved, first = read.get("saved_at"), read.get("first_on")
    return Filled(
        values=_values_of(read.get("values")),
        each=each,
        version=read.get("version").whole(),
        saved_at=None if saved.data is None else saved.moment(),
        recheck=read.get("recheck").text(),
        kept=frozenset(one.text() for one in read.get("kept").items()),
        first_on=None if first.data is None else first.day(),
    )


def _id_of(text: str, read: _Read) -> int:
    if not (text.isascii() and text.isdecimal()):
        raise BodyUnreadable(f"{read.at} does not stand under the id of a line")
    return int(text)


def _values_of(read: _Read) -> Values:
    return {key: _value_of(value) for key, value in read.map().items()}


def _value_of(read: _Read) -> Value:
    if isinstance(read.data, str):
        return read.data
    found = read.items()
    if all(isinstance(one.data, str) for one in found):
        return tuple(one.text() for one in found)
    return tuple(_item_of(one) for one in found)


def _item_of(read: _Read) -> Item:
    pair = read.items()
    if len(pair) != 2:
        raise BodyUnreadable(f"{read.at} is no pair of id and text")
    return Item(pair[0].whole(), pair[1].text())


def _return_of(read: _Read) -> Return:
    parts = read.items()
    if len(parts) != 4:
        raise BodyUnreadable(f"{read.at} is no return")
    return Return(parts[0].moment(), parts[1].text(), parts[2].text(), parts[3].text())
