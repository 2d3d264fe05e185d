"""Clouds on loopback: an estate built in moto, a proxy with weather, fakes from botocore's models."""
