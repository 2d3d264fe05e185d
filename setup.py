# Only what pyproject cannot say: packages are found, never listed by hand.
from setuptools import find_packages, setup

MOVED = ("checks", "reports", "schemas")
setup(
    packages=find_packages(include=["auditor", "auditor.*"])
    + [n for d in MOVED for n in (f"auditor.{d}", *(f"auditor.{d}.{p}" for p in find_packages(d)))]
)
