"""What operators count: Prometheus metrics of planning and delivery. Labels are platforms and states, never people."""

from __future__ import annotations

from datetime import datetime

from prometheus_client import Counter, Gauge, Histogram

from scheduler.outcome import Outcome

DUE = Counter("steppingstone_due_total", "Moments that came due", ["outcome"])
RESULTS = Counter("steppingstone_deliveries_total", "Rows of the ledger settled or put off", ["platform", "state"])
LATENESS = Histogram(
    "steppingstone_lateness_seconds", "From the member's moment to the arrival", ["platform"],
    buckets=(0.5, 1, 2, 5, 10, 30, 60, 300, 1800, 3600, 10_800),
)  # fmt: skip
SENDING = Histogram("steppingstone_send_seconds", "One send on the platform's API", ["platform"])
UNDER_WAY = Gauge("steppingstone_under_way", "Deliveries being sent now")


def note(came: Outcome, now: datetime) -> None:
    """Counts what came of one row."""
    result, platform = came.result, came.result.delivery.person.space.platform
    RESULTS.labels(platform, result.state).inc()
    if result.state == "sent":
        LATENESS.labels(platform).observe(max(0.0, (now - result.delivery.planned_at).total_seconds()))
