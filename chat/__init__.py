"""The words every room shares: messages, forms, actions, events, people, and what a platform must be able to do."""
