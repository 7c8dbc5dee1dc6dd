"""Every request our bot makes and every answer the sandbox gives, held against Discord's published OpenAPI document.

The document lies beside the project (`../shared/specs/discord-openapi.json`), never in it.
"""

# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false, reportUnknownArgumentType=false
# (this file reads JSON of any shape: that is its purpose)

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError, best_match
from jsonschema.validators import extend
from referencing import Registry, Resource

DOCUMENT = Path(__file__).parents[3] / "shared" / "specs" / "discord-openapi.json"
BASE = "urn:discord"
OURS = {"channel": "channel_id", "message": "message_id", "guild": "guild_id", "user": "user_id", "role": "role_id",
        "app": "application_id", "token": "webhook_token", "command": "command_id"}  # fmt: skip
SPECIAL = {
    "POST /interactions/{id}/{token}/callback": "POST /interactions/{interaction_id}/{interaction_token}/callback",
    "POST /webhooks/{app}/{token}": "POST /webhooks/{webhook_id}/{webhook_token}",
    "GET /gateway/bot": "GET /gateway/bot",
}
Marks = tuple[tuple[str, tuple[Any, ...]], ...]
_SNOWFLAKE = re.compile(r'"[1-9]\d{14,19}"')
_MOMENT = re.compile(r'"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}\+00:00"')


class Described:
    """The document, and a validator for each part of it that was asked for."""

    def __init__(self, document: dict[str, Any]) -> None:
        self.document = document
        self._right: set[tuple[str, str]] = set()
        self._kind = extend(Draft202012Validator, {"oneOf": self._one_of})
        self._registry: Registry[Any] = Registry().with_resource(
            BASE, Resource.from_contents(document | {"$schema": "https://json-schema.org/draft/2020-12/schema"})
        )
        self._operations = {
            f"{method.upper()} {self._plain(path)}": (path, method)
            for path, item in document["paths"].items()
            for method in item
            if method in {"get", "put", "post", "patch", "delete"}
        }

    def _plain(self, path: str) -> str:
        return re.sub(r"\{[^}]*\}", "{}", path)

    def operation(self, route: str) -> tuple[str, str] | None:
        """The path and method of one of our routes."""
        named = SPECIAL.get(route) or re.sub(r"\{(\w+)\}", lambda m: f"{{{OURS.get(m[1], m[1])}}}", route)
        method, _, path = named.partition(" ")
        path = path.replace("/messages/@original", "/messages/{}")
        return self._operations.get(f"{method} {self._plain(path)}")

    @cache  # noqa: B019  # one document a test run
    def validator(self, pointer: str) -> Draft202012Validator:
        """A validator of the schema at a JSON pointer."""
        return self._kind({"$ref": f"{BASE}#{pointer}"}, registry=self._registry)

    def _one_of(self, validator: Any, branches: list[Any], value: Any, schema: Any) -> Iterator[ValidationError]:
        """jsonschema's own `oneOf` on the branches that can be right at all: a component says by its `type` which of
        the dozen it is, and judging the others to their end took most of the time."""
        possible = [branch for branch in branches if not self._ruled_out(branch, value)]
        yield from Draft202012Validator.VALIDATORS["oneOf"](validator, possible, value, schema)

    def _ruled_out(self, branch: dict[str, Any], value: Any) -> bool:
        if "const" in branch and isinstance(value, str | int):
            return bool(branch["const"] != value)
        kind, marks = self._marks(branch["$ref"]) if "$ref" in branch else _marks(branch)
        if kind == "null":
            return value is not None
        if kind == "object" and not isinstance(value, dict):
            return True
        return isinstance(value, dict) and any(
            key in value and isinstance(value[key], str | int) and value[key] not in allowed for key, allowed in marks
        )

    @cache  # noqa: B019  # one document a test run
    def _marks(self, ref: str) -> tuple[Any, Marks]:
        return _marks(self._at(ref))

    def complaints(self, exchange: dict[str, Any]) -> list[str]:
        """What is wrong with one request and its answer."""
        route, status = exchange["route"], exchange["status"]
        found = self.operation(route)
        if found is None:
            return [f"{route}: the document has no such operation"]
        path, method = found
        operation, at = self.document["paths"][path][method], f"/paths/{_escaped(path)}/{method}"
        out: list[str] = []
        schemas = operation.get("requestBody", {}).get("content", {})
        if "application/json" in schemas and status < 400 and exchange["body"]:
            pointer = f"{at}/requestBody/content/application~1json/schema"
            out += self._judge(pointer, _numbered(exchange["body"]), f"{route} request")
        responses = operation["responses"]
        key = str(status) if str(status) in responses else "4XX" if 400 <= status < 500 else ""
        if not key:
            return [*out, f"{route}: the document knows no answer with status {status}"]
        response = responses[key]
        if "$ref" in response:
            at, response = response["$ref"].removeprefix("#"), self._at(response["$ref"])
        else:
            at = f"{at}/responses/{key}"
        answer = exchange["answer"]
        if status >= 400:  # the document wants numbers for the codes of single fields, Discord's reference shows words
            answer = {key: value for key, value in answer.items() if key != "errors"}
        if answer is not None and "content" in response:
            pointer = f"{at}/content/application~1json/schema"
            out += self._judge(pointer, answer, f"{route} answer {status}")
        return out

    def _at(self, ref: str) -> Any:
        node: Any = self.document
        for part in ref.removeprefix("#/").split("/"):
            node = node[part]
        return node

    def _judge(self, pointer: str, value: Any, what: str) -> list[str]:
        """What was found right before, but for its ids and moments, is right: most of what is said repeats itself."""
        shape = (pointer, _SNOWFLAKE.sub('"1"', _MOMENT.sub('"2026-01-01T00:00:00+00:00"', json.dumps(value))))
        if shape in self._right:
            return []
        errors = (error for error in self.validator(pointer).iter_errors(value) if not _settled(error))
        error = best_match(errors)
        if error is None:
            self._right.add(shape)
            return []
        return [f"{what}: {'/'.join(str(part) for part in error.absolute_path)}: {error.message[:300]}"]


def _marks(schema: dict[str, Any]) -> tuple[Any, Marks]:
    """The type of a schema, and the properties for which it names every value it allows."""
    properties = schema.get("properties", {}).items()
    return schema.get("type"), tuple((key, tuple(part["enum"])) for key, part in properties if "enum" in part)


def _settled(error: ValidationError) -> bool:
    """Where the document is not what Discord does: it takes permissions as a string of digits, as its reference says
    and the official clients send them."""
    return [str(part) for part in error.absolute_path][-1:] == ["default_member_permissions"]


def _numbered(body: Any) -> Any:
    """A request whose files and mentions are numbered in words: the document wants snowflakes, Discord's reference and
    discord.py write `"id": 0` for the first file that comes along, and discord.py the ids of mentions as numbers.
    Refusals inside a oneOf cannot be told apart afterwards."""
    if not isinstance(body, dict):
        return body
    made = dict(body)
    if "data" in made:
        made["data"] = _numbered(made["data"])
    if isinstance(files := body.get("attachments"), list):
        made["attachments"] = [file | {"id": str(file.get("id"))} for file in files]
    if isinstance(allowed := body.get("allowed_mentions"), dict):
        lists = {name: [str(id_) for id_ in allowed[name]] for name in ("users", "roles") if allowed.get(name)}
        made["allowed_mentions"] = allowed | lists
    return made


def _escaped(path: str) -> str:
    return path.replace("~", "~0").replace("/", "~1").replace("{", "%7B").replace("}", "%7D")


@cache
def described() -> Described | None:
    """The document, where it is."""
    return Described(json.loads(DOCUMENT.read_text(encoding="utf-8"))) if DOCUMENT.is_file() else None


class Conformance:
    """`heard` takes every exchange of a sandbox; `complaints` says at the end what the document does not allow."""

    def __init__(self) -> None:
        self.exchanges: list[dict[str, Any]] = []

    def heard(self, exchange: dict[str, Any]) -> None:
        """Keeps a copy, as messages change later."""
        self.exchanges.append(json.loads(json.dumps(exchange)))

    def complaints(self) -> list[str]:
        """Each different one once."""
        document = described()
        if document is None:
            return []
        return list(dict.fromkeys(text for exchange in self.exchanges for text in document.complaints(exchange)))

    def check(self) -> None:
        """Raises with all of them."""
        if described() is None and os.environ.get("CI"):
            raise AssertionError(f"Discord's OpenAPI document is not at {DOCUMENT}: CI must have it")
        if told := self.complaints():
            raise AssertionError("Discord's OpenAPI document does not allow this:\n" + "\n".join(told))
