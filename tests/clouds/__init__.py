"""Clouds on loopback: an estate in moto, a proxy with weather, fakes from botocore's models."""
