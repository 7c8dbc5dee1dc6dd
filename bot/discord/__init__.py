"""Discord, spoken through discord.py: the only folder that may import `discord`."""
