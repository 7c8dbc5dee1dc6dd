"""What tests share: a running house, people who talk to it, a throw-away PostgreSQL."""
