"""What an Azure SDK says of the resources it reads, from its source: nothing of it is imported.

Both generations are understood: models with an `_attribute_map`, and models whose attributes are
`rest_field`s. A shape is written in JSON: a letter for a scalar (s, n, b, t, a: string, number,
boolean, time, any), an object for members, `["l", shape]` for a list, `["m", shape]` for a map,
`["u", …]` for one of several, `=name` for a definition and `?name` for an enumeration.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

_SCALARS = {
    "str": "s", "bytes": "s", "bytearray": "s", "base64": "s", "duration": "s", "timedelta": "s",
    "time": "s", "int": "n", "long": "n", "float": "n", "decimal": "n", "Decimal": "n",
    "unix-time": "n", "bool": "b", "iso-8601": "t", "rfc-1123": "t", "date": "t", "datetime": "t",
}  # fmt: skip
_LISTS = ("list", "List", "Sequence", "ItemPaged", "Iterable")
_MAPS = ("dict", "Dict", "Mapping", "MutableMapping")
_TOLD = re.compile(r":(?:var)?type (\w+): (.*?)(?= :\w|$)")
_WORD = re.compile(r"~?[\w.]+")
_VERSIONS = ("'api-version', '([^']+)'", "'api_version', '([^']+)'", "api_version = '([^']+)'")
_TYPE = re.compile(r"\w+(?:\.\w+)*$")


@dataclass(slots=True)
class Model:
    """One class of a room: what it is made of, by wire name, before its bases are looked at."""

    bases: tuple[str, ...]
    members: dict[str, Any]
    kinds: tuple[str, ...] = ()  # the wire names that tell its subclasses apart
    many: bool = False  # whether subclasses stand where it is named


@dataclass(frozen=True, slots=True)
class Read:
    """One GET: the type that its address names, its version, and what it answers."""

    type: str
    version: str
    model: Any
    listed: bool


@dataclass(slots=True)
class Room:
    """One folder of an SDK: its models and its reads, all of one version of the API."""

    name: str
    models: dict[str, Model] = field(default_factory=dict)
    choices: dict[str, list[str]] = field(default_factory=dict)
    numbers: set[str] = field(default_factory=set)  # enumerations of numbers
    reads: list[Read] = field(default_factory=list)

    def members(self, name: str) -> dict[str, Any]:
        """The members of a model, its bases' and, where they may stand for it, its subclasses'."""
        own = self._inherited(name)
        model = self.models[name]
        if not model.many:
            return own
        for below in sorted(self._below(name)):
            for wire, shape in self.models[below].members.items():
                if wire not in model.kinds:
                    own[wire] = _either(own.get(wire), shape)
        return own

    def _inherited(self, name: str) -> dict[str, Any]:
        own: dict[str, Any] = {}
        for base in self.models[name].bases:
            if base in self.models:
                own = _laid(own, self._inherited(base))
        return _laid(own, self.models[name].members)

    def _below(self, name: str) -> Iterator[str]:
        for other, model in self.models.items():
            if name in model.bases:
                yield other
                yield from self._below(other)


def _laid(under: Mapping[str, Any], over: Mapping[str, Any]) -> dict[str, Any]:
    """Members over inherited ones; flattened objects are merged, not replaced."""
    laid = dict(under)
    for name, shape in over.items():
        held = laid.get(name)
        if isinstance(held, dict) and isinstance(shape, dict):
            laid[name] = _laid(held, shape)
        else:
            laid[name] = shape
    return laid


def _either(one: Any, other: Any) -> Any:
    if one is None or one == other:
        return other
    if isinstance(one, dict) and isinstance(other, dict):
        return {k: _either(one.get(k), other.get(k, one.get(k))) for k in (*one, *other)}
    listed = one[1:] if isinstance(one, list) and one[0] == "u" else [one]
    return one if other in listed else ["u", *listed, other]


def rooms(package: Path, name: str) -> Iterator[Room]:
    """Every room of an SDK that reads something; `package` is its folder."""
    for operations in sorted(package.rglob("operations")):
        at = operations.parent
        if "aio" in at.parts or not (at / "models").is_dir():
            continue
        room = Room(".".join((name, *at.relative_to(package).parts)))
        _read_models(room, at / "models")
        for path in sorted(operations.glob("*.py")):
            room.reads.extend(_reads(ast.parse(path.read_text())))
        yield room


def _read_models(room: Room, folder: Path) -> None:
    paths = sorted(folder.glob("*enums*.py"))
    newer = folder / "_models_py3.py"
    paths.append(newer if newer.exists() else folder / "_models.py")
    for path in paths:
        for node in ast.parse(path.read_text()).body:
            if isinstance(node, ast.ClassDef):
                _read_class(room, node)


def _read_class(room: Room, node: ast.ClassDef) -> None:
    bases = tuple(ast.unparse(base) for base in node.bases)
    if any("Enum" in base for base in bases):
        values = [
            one.value.value
            for one in node.body
            if isinstance(one, ast.Assign) and isinstance(one.value, ast.Constant)
        ]
        words = [value for value in values if isinstance(value, str)]
        if words == values:
            room.choices[node.name] = words
        else:
            room.numbers.add(node.name)
        return
    model = Model(tuple(b.removeprefix("_models.") for b in bases), {})
    told: dict[str, str] = dict(_TOLD.findall(_flat(ast.get_docstring(node))))
    for one in node.body:
        if isinstance(one, ast.AnnAssign) and isinstance(one.target, ast.Name):
            _read_field(room, model, one)
        elif isinstance(one, ast.Assign) and isinstance(one.targets[0], ast.Name):
            if one.targets[0].id == "_attribute_map":
                _read_map(room, model, ast.literal_eval(one.value), told)
            elif one.targets[0].id == "_subtype_map":
                model.many = True
                model.kinds = tuple(ast.literal_eval(one.value))
    if model.many and model.kinds and "_attribute_map" in ast.unparse(node):
        model.kinds = tuple(k for k in model.members if k.lower() in _plain(model.kinds))
    room.models[node.name] = model


def _plain(names: Iterable[str]) -> set[str]:
    return {name.replace("_", "").lower() for name in names}


def _read_field(room: Room, model: Model, node: ast.AnnAssign) -> None:
    name = ast.unparse(node.target)
    if name == "__mapping__":
        model.many = True
    call = node.value
    if not isinstance(call, ast.Call) or not ast.unparse(call.func).startswith("rest_"):
        return
    said = {k.arg: k.value for k in call.keywords}
    wire = ast.literal_eval(said["name"]) if "name" in said else name
    if ast.unparse(call.func) == "rest_discriminator":
        model.kinds = (*model.kinds, wire)
    stamp = "format" in said and ast.literal_eval(said["format"]) == "unix-timestamp"
    model.members[wire] = "n" if stamp else _annotated(room, node.annotation)


def _annotated(room: Room, node: ast.expr) -> Any:
    """The shape that an annotation says."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return _annotated(room, ast.parse(node.value, mode="eval").body)
    if isinstance(node, ast.Subscript):
        outer = ast.unparse(node.value).rpartition(".")[2]
        inner = node.slice.elts if isinstance(node.slice, ast.Tuple) else [node.slice]
        if outer in _LISTS:
            return ["l", _annotated(room, inner[0])]
        if outer in _MAPS:
            return ["m", _annotated(room, inner[1])]
        if outer == "Literal":
            return "s"
        shapes = [_annotated(room, one) for one in inner]
        enumerated = [s for s in shapes if s[0] == "?"]
        return enumerated[0] if enumerated else shapes[0]
    return _named(room, ast.unparse(node))


def _named(room: Room, name: str) -> Any:
    last = name.rpartition(".")[2]
    if last in room.choices:
        return f"?{last}"
    if last in room.numbers:
        return "n"
    return _SCALARS.get(last) or f"={last}"


def _read_map(room: Room, model: Model, said: Mapping[str, Any], told: Mapping[str, str]) -> None:
    for name, one in said.items():
        path = [p.replace("\0", ".") for p in one["key"].replace("\\.", "\0").split(".")]
        if path == [""]:
            continue  # whatever else there is
        at = model.members
        for step in path[:-1]:
            at = at.setdefault(step, {})
        at[path[-1]] = _mapped(room, one["type"], told.get(name, ""))


def _mapped(room: Room, said: str, told: str) -> Any:
    if said[0] in "[{":
        return ["l" if said[0] == "[" else "m", _mapped(room, said[1:-1], told)]
    if said == "str":
        enumerated = [w.rpartition(".")[2] for w in _WORD.findall(told) if w[0] == "~"]
        return next((f"?{name}" for name in enumerated if name in room.choices), "s")
    return _named(room, said)


def _flat(text: str | None) -> str:
    return " ".join((text or "").split())


# ------------------------------------------------------------------ what is asked


def _reads(module: ast.Module) -> Iterator[Read]:
    """The GETs of a module of operations."""
    asked = {n.name: _built(n) for n in module.body if isinstance(n, ast.FunctionDef)}
    for owner in module.body:
        if not isinstance(owner, ast.ClassDef):
            continue
        urls = _older_urls(owner)
        for method in owner.body:
            if isinstance(method, ast.FunctionDef):
                built = next((asked[c] for c in _calls(method) if asked.get(c)), None)
                built = built or _older(method, urls.get(method.name, ""))
                yield from _read(method, built)


def _built(builder: ast.FunctionDef) -> tuple[str, str] | None:
    """The address and the version that a request is built with."""
    text = ast.unparse(builder)
    url = re.search(r"_?url = (?:kwargs\.pop\('template_url', )?'([^']+)'", text)
    version = next(filter(None, (re.search(form, text) for form in _VERSIONS)), None)
    if "method='GET'" in text and url and version:
        return url[1], version[1]
    return None


def _older_urls(owner: ast.ClassDef) -> dict[str, str]:
    """Older SDKs hang the address on the method: `get.metadata = {'url': …}`."""
    found = re.findall(r"(\w+)\.metadata = \{'url': '([^']+)'\}", ast.unparse(owner))
    return dict(found)


def _older(method: ast.FunctionDef, url: str) -> tuple[str, str] | None:
    text = ast.unparse(method)
    version = re.search(r"api_version = '([^']+)'", text)
    return (url, version[1]) if url and version and "self._client.get(" in text else None


def _calls(method: ast.FunctionDef) -> Iterator[str]:
    for node in ast.walk(method):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            yield node.func.id


def _read(method: ast.FunctionDef, built: tuple[str, str] | None) -> Iterator[Read]:
    found = re.search(r":rtype: (.*?)(?= :\w|$)", _flat(ast.get_docstring(method)))
    if built is None or found is None:
        return
    names = [w.rpartition(".")[2] for w in _WORD.findall(found[1]) if ".models." in w]
    kind = type_of(built[0])
    if kind and names:
        yield Read(kind, built[1], names[0], "ItemPaged" in found[1] or "list[" in found[1])


def type_of(url: str) -> str:
    """`Microsoft.Sql/servers/databases` of an address; empty where a part of it is a parameter."""
    _, known, tail = url.rstrip("/").rpartition("/providers/")
    parts = (tail if known else "Microsoft.Resources" + url).split("/")
    kinds = [parts[0], *parts[1::2]]
    return "/".join(kinds) if len(kinds) > 1 and all(map(_TYPE.match, kinds)) else ""
