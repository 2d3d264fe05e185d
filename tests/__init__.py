"""Mirrors the four folders; no cloud is called."""
