"""Certainty from metadata: examples, tables, boundaries."""
