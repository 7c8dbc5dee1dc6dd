"""Who should meet, and why: rounds, interviews and circles solved as plain problems, without a clock or a store."""
