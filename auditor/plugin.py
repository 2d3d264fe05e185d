"""What a plugin can give besides a store type: a provider, a rule, a report format."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, get_args

if TYPE_CHECKING:
    from .model import Case, Entry, Verdict


@dataclass(frozen=True, slots=True)
class Inventory:
    """Where the rows are in an answer of a provider's inventory, and what says whose they are.

    `items` is the path of the rows; `type` and `account` are paths in each of them; `total` is the
    path of how many rows there are in all: fewer of them at the end is a gap.
    """

    items: str
    type: str
    account: str
    total: str = ""


@dataclass(frozen=True, slots=True)
class Provider:
    """A cloud: its name, and where its connection lives, imported only when an audit needs it."""

    name: str
    api: str  # "module:function"; the function takes the provider's settings, gives an Api
    permissions: str = ""  # "module:function": operations → the policy document, as JSON values
    terraform: str = ""  # "module:function": the same, as what a .tf.json file of Terraform holds
    models: str = ""  # "module:function": what the static check of declarations resolves against
    objects: str = ""  # "module:function": opens a store of objects for sampling, by its name
    schemes: tuple[str, ...] = ()  # of the addresses of such stores: s3
    sampled: tuple[str, ...] = ()  # the store types whose objects can be sampled
    sampling: tuple[str, ...] = ()  # the operations that sampling asks, beyond a survey's
    inventory: Inventory | None = None  # of a provider that can list many types at once
    rows: str = ""  # "module:function": how exports tell its stores: rows of each type, by its name
    at_hand: str = ""  # "module:function": whether settings or credentials for it are there


Subject = Literal[
    "store", "treatment", "contract", "attestation", "waiver", "outsider", "target", "unit", "audit"
]


@dataclass(frozen=True, slots=True)
class Rule:
    """A judgement, pure and blind to the provider; named as the statement that `met` affirms.

    It is of a store, or of an entry: a treatment, a contract, an attestation, a waiver, an
    outsider or a target of the dossier, a unit of the survey, or the audit itself.
    """

    id: str
    judge: Callable[[Any], Verdict]
    of: Subject = "store"

    def __post_init__(self) -> None:
        if self.of not in get_args(Subject):  # a rule that nobody asks must not look like a pass
            raise ValueError(f"{self.id}: nothing is judged by the name of {self.of}")

    @property
    def statement(self) -> str:
        """The statement that `met` affirms, as the function's name says it."""
        return self.judge.__name__

    @property
    def family(self) -> str:
        """RES, REA, KEY …: the letters of the id."""
        return self.id.rstrip("0123456789")

    def __call__(self, case: Case | Entry) -> Verdict:
        return self.judge(case)


def rule(identifier: str, of: Subject = "store") -> Callable[[Callable[[Any], Verdict]], Rule]:
    """Make a rule of a function from a case of a store, or from an entry, to a verdict."""
    return lambda judge: Rule(identifier, judge, of)


@dataclass(frozen=True, slots=True)
class Renderer:
    """A report format: bytes out of a report, in pieces when it is long."""

    name: str
    suffix: str
    media_type: str
    render: Callable[[Any, Any], bytes | Iterable[bytes]]


def renderer(
    name: str, *, suffix: str, media_type: str
) -> Callable[[Callable[[Any, Any], bytes | Iterable[bytes]]], Renderer]:
    """Make a report format of a function from a report and its words to bytes."""
    return lambda render: Renderer(name, suffix, media_type, render)
