"""Classifying: from what a store says of itself to how sure we are that it holds health data."""

from .metadata import classify, inherit, stronger, with_content
from .signals import Signals

__all__ = ["Signals", "classify", "inherit", "stronger", "with_content"]
