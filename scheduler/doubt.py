"""What a platform can still say of a delivery that may have arrived."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta

from chat.errors import DeliveryError
from chat.platform import FindsMessages, Found, Platform, RemembersKeys
from scheduler.compose import Composed
from store.deliveries import Delivery

log = logging.getLogger(__name__)


async def look_up(platform: Platform, made: Composed) -> Found:
    """Whether it did. Raises a DeliveryError when the platform does not answer."""
    if not isinstance(platform, FindsMessages):
        return "unknown"
    delivery = made.delivery
    since = delivery.first_claimed_at or delivery.planned_at
    return await platform.find(delivery.person, delivery.id, place=made.place, since=since)


async def look_up_refused(platform: Platform, made: Composed) -> Found:
    """The same where the platform has just refused the message for good, and may refuse to say as well."""
    try:
        return await look_up(platform, made)
    except DeliveryError as error:
        told = {"delivery": made.delivery.id, "reason": error.reason}
        log.warning("a refused delivery could not be looked up", extra=told)
        return "unknown"


def knows_key(platform: Platform, delivery: Delivery, now: datetime) -> bool:
    """Whether the platform would still recognise this delivery's key and not show the message twice. A clock that was
    set back makes the age negative: then nobody knows."""
    if not isinstance(platform, RemembersKeys) or delivery.first_claimed_at is None:
        return False
    return timedelta(0) <= now - delivery.first_claimed_at < platform.key_window
