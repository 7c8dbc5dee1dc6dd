"""The sandbox refuses what the real platforms refuse: shown with the real libraries and nothing of our bot."""
