"""What Discord refuses and does, refused and done here too."""
