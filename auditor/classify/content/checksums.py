"""Checks that tell a number or a code from a random one of the same shape.

`passes("stdnum:fr.nir", value)` is True, False, or None where the check is not at hand: what was
not tested earns no evidence. Numbers of persons come from python-stdnum; what it lacks is here.
"""

from __future__ import annotations

import gzip
from collections.abc import Callable
from functools import cache
from importlib import import_module, resources

_LETTERS = {c: f"{n:02d}" for n, c in enumerate("ABCDEFGHIJKLMNOPQRSTUVWXYZ", 1)}
_VERHOEFF = (
    "0123456789", "1576283094", "5803796142", "8916043527",
    "9453126870", "4286573901", "2793806415", "7046913258",
)  # fmt: skip
_DIHEDRAL = (
    "0123456789", "1234067895", "2340178956", "3401289567", "4012395678",
    "5987604321", "6598710432", "7659821043", "8765932104", "9876543210",
)  # fmt: skip
Check = Callable[[str], bool]


def passes(check: str, value: str) -> bool | None:
    """Whether a value passes a check, or None where there is no such check here."""
    found = check_of(check)
    return None if found is None else found(value)


@cache
def check_of(name: str) -> Check | None:
    """The check of a name: `stdnum:<module>`, `list:<file>`, or one of ours."""
    kind, _, rest = name.partition(":")
    if kind == "stdnum":
        return _stdnum(rest)
    if kind == "list":
        listed = members(rest)
        return lambda value: _bare(value) in listed
    return _OURS.get(name)


@cache
def members(name: str) -> frozenset[str]:
    """The codes or words of a list that ships with the facts."""
    file = resources.files("auditor.facts") / "lists" / f"{name}.txt.gz"
    return frozenset(gzip.decompress(file.read_bytes()).decode("utf-8").split("\n"))


def _stdnum(name: str) -> Check | None:
    try:
        module = import_module(f"stdnum.{name}")
    except ImportError:
        return None
    return lambda value: bool(module.is_valid(value))


def _bare(code: str) -> str:
    return code.strip().upper().replace(".", "").replace(" ", "").rstrip("*+")


def digits_of(value: str) -> str:
    """The digits of a value, its separators dropped."""
    return "".join(c for c in value if c.isdigit())


def luhn(digits: str) -> bool:
    """The mod-10 check of cards, FINESS, RPPS and LOINC."""
    total = 0
    for place, c in enumerate(reversed(digits)):
        doubled = int(c) * (1 + place % 2)
        total += doubled - 9 * (doubled > 9)
    return total % 10 == 0


def _verhoeff(digits: str) -> bool:
    check = 0
    for place, c in enumerate(reversed(digits)):
        check = int(_DIHEDRAL[check][int(_VERHOEFF[place % 8][int(c)])])
    return check == 0


def _nir(value: str) -> bool:
    body = "".join(c for c in value.upper() if c.isalnum())
    number = body[:13].replace("2A", "19", 1).replace("2B", "18", 1)
    if len(body) != 15 or not number.isdigit() or not body[13:].isdigit():
        return False
    return 97 - int(number) % 97 == int(body[13:])


def _nir_strict(value: str) -> bool:
    body = "".join(c for c in value.upper() if c.isalnum())
    return _nir(body) and body[7:10] != "000" and body[10:13] != "000"


def _luhn_corsica(value: str) -> bool:
    digits = value.upper().replace("2A", "20", 1).replace("2B", "20", 1)
    return digits.isdigit() and (luhn(digits) or luhn(_corsica(value)))


def _corsica(value: str) -> str:
    return value.upper().replace("A", "0").replace("B", "0")


def _cip7(value: str) -> bool:
    total = sum(int(c) * weight for c, weight in zip(value[:6], range(2, 8), strict=True))
    return total % 11 == int(value[6])


def _loinc(value: str) -> bool:
    return luhn(digits_of(value))


def _sctid(value: str) -> bool:
    return value[-3:-1] in ("00", "01", "02", "10", "11", "12") and _verhoeff(value)


def _kvnr(value: str) -> bool:
    digits = _LETTERS.get(value[:1], "") + value[1:9]
    sums = (sum(map(int, str(int(c) * (1 + n % 2)))) for n, c in enumerate(digits))
    return len(digits) == 10 and sum(sums) % 10 == int(value[9])


def _rvnr(value: str) -> bool:
    digits = value[:8] + _LETTERS.get(value[8:9], "") + value[9:11]
    weights = (2, 1, 2, 5, 7, 1, 2, 1, 2, 1, 2, 1)
    if len(digits) != len(weights) or not digits.isdigit():
        return False
    sums = (sum(map(int, str(int(c) * weight))) for c, weight in zip(digits, weights, strict=True))
    return sum(sums) % 10 == int(value[11])


def _taj(value: str) -> bool:
    digits = digits_of(value)
    total = sum(int(c) * (3 + 4 * (n % 2)) for n, c in enumerate(digits[:8]))
    return len(digits) == 9 and total % 10 == int(digits[8])


def _luhn_verhoeff(value: str) -> bool:
    return luhn(value[:12]) and _verhoeff(value[:11] + value[12:])


_OURS: dict[str, Check] = {
    "nir": _nir,
    "nir-strict": _nir_strict,
    "luhn-11": lambda value: luhn(value[-11:]),
    "luhn-corsica": _luhn_corsica,
    "cip7": _cip7,
    "loinc": _loinc,
    "sctid": _sctid,
    "kvnr": _kvnr,
    "rvnr": _rvnr,
    "taj": _taj,
    "luhn-verhoeff": _luhn_verhoeff,
}
