"""What Slack refuses and does, refused and done here too."""
