"""App Home: a page that is published for a person, and what happens when they press something on it.

Slack shows no message there, neither a new one nor an edited one: whatever answers a press stands on top of the page,
which is made and published anew after every press, until the person looks at it the next time.
"""

# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false, reportUnknownArgumentType=false
# (slack_bolt and slack_sdk are only partly typed; nothing untyped leaves this folder)

from __future__ import annotations

from bot.slack.client import WebApi
from bot.slack.inbound import Origin
from bot.slack.responder import SlackResponder
from chat.event import HomeOpened, MemberEvent
from chat.form import Form
from chat.message import Message
from chat.nobody import Nobody
from chat.people import Person
from chat.platform import Handle


class HomeResponder(Nobody):
    """Answers HomeOpened: `show` publishes the page, with `on_top` above it."""

    def __init__(self, api: WebApi, person: Person, on_top: Message | None = None) -> None:
        self._api, self._person, self._on_top = api, person, on_top

    async def show(self, message: Message, *, private: bool) -> None:
        """Replaces the person's page."""
        await self._api.publish(self._person, message, self._on_top)


class HomeAction(SlackResponder):
    """Answers a press or a form of the page: acknowledges, and keeps what is to stand on top. `changed`: the page is
    to be published anew, which an opened form and one with mistakes do not ask for."""

    changed = False
    answer: Message | None = None

    async def show(self, message: Message, *, private: bool) -> None:
        """Keeps the answer."""
        await self._acknowledge()
        self.answer, self.changed = message, True

    async def edit(self, message: Message) -> None:
        """The same: there is no message to replace."""
        await self.show(message, private=True)

    async def nothing(self) -> None:
        """No answer, but the page may say something else now."""
        await self._acknowledge()
        self.changed = True

    def _origin(self, form: Form) -> Origin:
        return Origin(form.then.wire(), self._event.place.id, home="1")


async def act_at_home(handle: Handle, api: WebApi, event: MemberEvent, responder: HomeAction) -> None:
    """A press or form to its end, then the page anew."""
    await handle(event, responder)
    if responder.changed:
        await handle(HomeOpened(event.person, event.profile), HomeResponder(api, event.person, responder.answer))
