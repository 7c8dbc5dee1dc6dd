"""The Slack half of the sandbox: Web API, Socket Mode and the people of its workspaces."""
