"""What can go wrong, told apart by who can do something about it: the member, the courier, or nobody but us."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from chat.form import Form


class SteppingstoneError(Exception):
    """The one base: catching it never catches a programming error of Python's own."""


class LimitError(SteppingstoneError, ValueError):
    """A value too large or malformed for the tighter of the two platforms. The text says what to change."""


class Tellable(SteppingstoneError):
    """An error whose text is meant for the member, already in the member's language."""


class Mistakes(Tellable):
    """Answers of a form that need another try: question key -> sentence. `again` is the same form with what was
    typed still in it, so nothing is lost."""

    def __init__(self, by_key: Mapping[str, str], again: Form) -> None:
        super().__init__(" ".join(by_key.values()))
        self.by_key = dict(by_key)
        self.again = again


class UnknownAction(SteppingstoneError):
    """A button whose name or values this version does not know."""


class DeliveryError(SteppingstoneError):
    """A send that did not end in a message id. `reason` is the platform's own code, never text of ours."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Unreachable(DeliveryError):
    """This person cannot be written to (closed direct messages, left, deactivated). Never retry by ourselves."""


class Rejected(DeliveryError):
    """The platform refused this very message; the same message would be refused again."""


ThrottleScope = Literal["message", "space", "platform", "openings"]


class Throttled(DeliveryError):
    """Come back later; `retry_after` in seconds. `scope`: who must be quiet until then: this message's conversation,
    the whole space, the whole platform, or only the opening of new direct conversations."""

    def __init__(self, reason: str, retry_after: float, scope: ThrottleScope = "space") -> None:
        super().__init__(reason)
        self.retry_after, self.scope = retry_after, scope


class Unavailable(DeliveryError):
    """The platform surely did not accept the message (refused connection, 503): safe to retry."""


class Uncertain(DeliveryError):
    """The message may or may not have arrived (the connection died after the request was written)."""


class Revoked(DeliveryError):
    """The token is no longer valid: park what it served, the space or (one bot account) the whole platform; tell."""

    def __init__(self, reason: str, scope: Literal["space", "platform"] = "space") -> None:
        super().__init__(reason)
        self.scope: Literal["space", "platform"] = scope


class PlatformSetup(SteppingstoneError):
    """A platform cannot start with what it was given. The text says which setting to change."""


class PlatformAway(PlatformSetup):
    """A platform cannot be reached now. Nothing is wrong with the settings; it is tried again."""
