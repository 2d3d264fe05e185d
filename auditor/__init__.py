"""Data residency audit for health data: where every copy rests, and whose law can reach it."""

import os as _os

__version__ = "0.1.0"

# In a checkout, and only there, the root's folders are part of this package.
_root = _os.path.dirname(_os.path.dirname(_os.path.abspath(__file__)))
if _os.path.isfile(_os.path.join(_root, "pyproject.toml")):
    __path__.append(_root)
