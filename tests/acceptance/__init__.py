"""Stories of members, written once and told on both platforms through the real libraries."""
