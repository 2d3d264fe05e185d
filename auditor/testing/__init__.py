"""Clouds that are none: what a plugin's author tests a provider with, in place of the real one.

Nothing here is imported by an audit.
"""
