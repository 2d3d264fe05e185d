"""Where the bytes of stores rest, and by which offers: what pictures are drawn from."""

from __future__ import annotations

INSIDE, OUTSIDE, UNKNOWN = "inside", "outside", "unknown"
