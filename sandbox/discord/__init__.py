"""The Discord half of the sandbox: REST, gateway and the people of its guilds."""
