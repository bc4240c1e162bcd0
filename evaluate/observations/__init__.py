"""What the observations of rows say: whether work is done, when, and how much of it."""
