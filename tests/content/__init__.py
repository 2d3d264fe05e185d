"""Content that is read: made here, of people who do not exist."""
