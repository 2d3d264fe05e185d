"""Exports of inventories, read without credentials."""
