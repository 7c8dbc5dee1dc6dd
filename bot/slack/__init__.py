"""Slack, on slack-bolt: the only folder that knows its library and its JSON."""
