"""The wires to the world: tokens, sockets, platform libraries, settings, and the one place where rooms are joined."""
