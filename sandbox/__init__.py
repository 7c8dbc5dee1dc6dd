"""A Slack and a Discord on your own machine: their protocols on loopback, and a page to talk through."""
