"""The Web API's methods, one file a family; `sandbox.slack.api` collects them."""
