"""Who should meet: pure functions, empty until the first matching feature."""
