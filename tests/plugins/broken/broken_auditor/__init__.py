"""Breaks while it is imported, as a plugin built for another version does."""

raise RuntimeError("the password is hunter2")  # a stranger's message may quote anything
