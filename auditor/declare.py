"""The grammar in which a store type says how it is listed and what is asked of each store.

Paths are JMESPath into the row that the listing gave; a question (`Ask`) indexed by a path is a
value too. Equal questions on one store are one call. `|` alternatives are written as a tuple: the
first that answers is taken, the next is asked only if needed.

    Value = "Path" | Ask(...)["Path"] | Text("{...}") | Part(value, ":", 3) | (Value, Value, …)

What a provider's own inventory tells of many types at once, and what its exports hold, is read by
the same paths: a type names its `row` there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from .model import Category, Role

if TYPE_CHECKING:
    from .model import DataStore, Scope

GIB = 1024**3
MIB = 1024**2


@dataclass(frozen=True, slots=True)
class Text:
    """A text with holes: `{account}`, `{region}`, `{partition}`, else a path in the row."""

    form: str


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a delimited text: the region of an ARN is `Part(value, ":", 3)`.

    A separator of letters is one in any case, as the paths of a provider are.
    """

    of: Value
    separator: str
    index: int


@dataclass(frozen=True, slots=True)
class Folded:
    """A text in lower case without spaces: `West Europe` is the region `westeurope`."""

    of: Value


@dataclass(frozen=True, slots=True)
class Paired:
    """The region that the provider pairs with another one; which that is, the facts say."""

    of: Value


@dataclass(frozen=True, slots=True)
class Field:
    """A path in the answer to a question."""

    ask: Ask
    path: str


@dataclass(frozen=True, slots=True)
class Ask:
    """One question about one store; it can fail alone.

    `op` is `service:Operation`. `params` are values read in the row. `absent` are the provider's
    error codes that mean "there is none": an answer, not a failure. `at` is the region to ask in,
    when it is not the region of the listing. `once` marks a question whose answer does not depend
    on the store (asked once per account and region).
    """

    op: str
    params: Mapping[str, Value] = field(default_factory=dict)
    absent: tuple[str, ...] = ()
    at: Value = ""
    once: bool = False

    def __getitem__(self, path: str) -> Field:
        return Field(self, path)

    def __hash__(self) -> int:
        return hash((self.op, self.absent))


@dataclass(frozen=True, slots=True)
class Unsaid:
    """What a form of a row never tells: not known from it, and never "none"."""

    name: str


Value = str | Field | Text | Part | Folded | Paired | Unsaid | tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Listing:
    """How the stores of a type are listed: one call, paged by the provider's own model.

    `items` is the path of the rows; `params` are values read in `{account, region, partition}`,
    or, for `each`, in the parent's row. `scope` is `regional` (asked in every region) or `global`
    (asked once per account). With `each`, the rows are parents: the inner listing is asked per
    parent, and a child's row is the child with its parent under `parent`. With `of`, the parents
    are rows of that type in the provider's inventory: the listing is asked for each of them.
    """

    op: str
    items: str
    params: Mapping[str, Value] = field(default_factory=dict)
    scope: Literal["regional", "global"] = "regional"
    each: Listing | None = None
    absent: tuple[str, ...] = ()
    of: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """How another form tells the stores of a type: its name there, and paths for attributes.

    `form` is `config` (AWS Config) or `terraform`. The `values` are those of a store type, by the
    name of the attribute (a fact's is `facts.<name>`); `id` is always among them. An attribute that
    is not is unknown from such a row, never "none".
    """

    form: str
    type: str
    values: Mapping[str, Any]

    def __hash__(self) -> int:
        return hash((self.form, self.type))


@dataclass(frozen=True, slots=True, kw_only=True)
class Copies:
    """Further places of a store: paths in each item. Without `region`, the copy is linked by id."""

    items: Value
    role: Role = Role.REPLICA
    id: Value = ""
    region: Value = ""
    account: Value = ""


@dataclass(frozen=True, slots=True)
class Policy:
    """A resource policy, as JSON text or object: whom it lets in is worked out by the engine."""

    document: Value
    via: str = "policy"


@dataclass(frozen=True, slots=True, kw_only=True)
class Grants:
    """A list of grantees: paths in each item. `us` names who we are, in the grantees' own terms."""

    items: Value
    account: Value
    public: str = ""
    service: str = ""
    us: Value = ""
    via: str = "attribute"


@dataclass(frozen=True, slots=True)
class Ref:
    """A reference to another store or subject, by any id it is known under; linked afterwards."""

    to: str
    id: Value


@dataclass(frozen=True, slots=True)
class Size:
    """A size and its unit in bytes: `Size("AllocatedStorage", GIB)`."""

    of: Value
    unit: int = 1


@dataclass(frozen=True, slots=True)
class Epoch:
    """A time given as seconds (or, with `unit=1000`, milliseconds) since 1970."""

    of: Value
    unit: int = 1


@dataclass(frozen=True, slots=True)
class Metric:
    """A size that only the provider's metrics know: one batched call for many stores.

    Many stores of one region share one `cloudwatch:GetMetricData`; the newest value of two days
    counts, summed over `each` (a dimension's values), in bytes times `unit`.
    """

    namespace: str
    name: str
    dimensions: Mapping[str, Value]
    each: tuple[str, tuple[str, ...]] | None = None
    at: Value = ""
    unit: int = 1

    def __hash__(self) -> int:
        return hash((self.namespace, self.name))


@dataclass(frozen=True, slots=True)
class StoreType:
    """A kind of store, declared: how it is listed, and where each attribute is found.

    `name` is `provider.service.thing`. `listing=None` declares a *subject*: it is asked only when
    some store refers to it, once, with `{"id": <the reference>}` as its row. `also` are further
    ids under which others refer to it. `region` is where the bytes rest, when it is not the region
    of the listing. `source` is the page that a reviewer opens.

    `row` is the type's name in the provider's own inventory and in what is exported from it: a
    type without a listing that has one is listed there, with all others at once. `needs` are the
    paths that such a row must have to be trusted; where one is missing, `whole` asks for the row
    itself. What neither tells is unknown, never "none". `rows` are further forms that are read.
    """

    name: str
    category: Category
    listing: Listing | None
    id: Value
    source: str
    also: tuple[Value, ...] = ()
    label: Value = ""
    region: Value = ""
    bytes: Value | Size | Metric = ""
    created: Value | Epoch = ""
    tags: Value = ""
    encrypted: Value = ""
    key: Ref | None = None
    copies: tuple[Copies, ...] = ()
    shares: tuple[Policy | Grants, ...] = ()
    origin: Ref | None = None
    parent: Ref | None = None
    facts: Mapping[str, Value] = field(default_factory=dict)
    holds_health: bool = False
    only: str = ""  # a path that must hold in the row for it to be this type
    row: str = ""
    needs: tuple[str, ...] = ()
    whole: Ask | None = None
    rows: tuple[Row, ...] = ()
    faces: tuple[StoreType, ...] = ()  # the same, as other rows of one export tell it

    def __hash__(self) -> int:
        return hash(self.name)

    @property
    def provider(self) -> str:
        """The cloud it belongs to: the first word of its name."""
        return self.name.partition(".")[0]

    @property
    def is_subject(self) -> bool:
        """Whether it is asked only when some store refers to it."""
        return self.listing is None and not self.row


@dataclass(frozen=True, slots=True, kw_only=True)
class Generator:
    """A store type whose API fits no declaration: a plain generator, under the same tests."""

    name: str
    category: Category
    operations: tuple[str, ...]
    survey: Callable[[Any, Scope], Iterator[DataStore]]
    source: str

    @property
    def provider(self) -> str:
        """The cloud it belongs to: the first word of its name."""
        return self.name.partition(".")[0]
