"""Makes again what Terraform's providers say of the resources that store types are read from.

    python -m bench.terraform_models FOLDER

FOLDER holds what two registries publish of the providers' own schemas, unpacked or as they come:
`package/lib` of the npm packages @cdktf/provider-{aws,azurerm,google} under `aws`, `azurerm` and
`google` (names and kinds of attributes, blocks included), and the wheels of pulumi-aws,
pulumi-azure and pulumi-gcp (which attributes are sensitive). Only names and kinds are kept.
"""

from __future__ import annotations

import gzip
import json
import re
import sys
from collections.abc import Iterator, Mapping
from importlib import import_module
from pathlib import Path
from typing import Any
from zipfile import ZipFile

TARGET = Path(__file__).parents[1] / "checks" / "files" / "terraform.json.gz"
CLOUDS = {"aws": ("aws", "aws"), "azure": ("azurerm", "azure"), "gcp": ("google", "gcp")}

_CLASS = re.compile(r"^class (\w+) extends cdktf\.(\w+)", re.M)
_PLAIN = re.compile(r"this\.get(\w+)Attribute\('(\w+)'\)")
_MAP = re.compile(r'new cdktf\.(\w+)\(this, "(\w+)"')
_BLOCK = re.compile(r'this\._\w+ = new (\w+)\(this, "(\w+)"')
_HCL = re.compile(r"^        (\w+): \{\n.*\n +isBlock: \w+,\n +type: \"(\w+)\"", re.M)
_HCL_OF = re.compile(r"^function (\w+)ToHclTerraform\(struct\)", re.M)
_TYPE = re.compile(r'\.tfResourceType = "(\w+)"')
_VERSION = re.compile(r"providerVersion: '([\d.]+)'")
_KINDS = {
    "String": "string", "Number": "number", "Boolean": "boolean", "BooleanMap": ["map", "boolean"],
    "StringMap": ["map", "string"], "NumberMap": ["map", "number"], "AnyMap": ["map", "any"],
    "List": ["list", "string"], "NumberList": ["list", "number"],
    "StringMapList": ["list", ["map", "string"]],
}  # fmt: skip


def pieces(text: str, mark: re.Pattern[str]) -> Iterator[tuple[re.Match[str], str]]:
    """A source cut where a pattern begins, each piece with what began it."""
    found = list(mark.finditer(text))
    ends = [*(m.start() for m in found[1:]), len(text)]
    for one, end in zip(found, ends, strict=False):
        yield one, text[one.start() : end]


class Source:
    """One resource as its generated class tells it."""

    def __init__(self, text: str) -> None:
        self.version = (_VERSION.search(text) or [""])[1]
        self.type = _TYPE.search(text)[1]  # type: ignore[index]
        self._classes = {m[1]: (m[2], body) for m, body in pieces(text, _CLASS)}
        self._nesting = {
            m[1].lower(): dict(_HCL.findall(body)) for m, body in pieces(text, _HCL_OF)
        }

    def attributes(self) -> dict[str, Any]:
        """Names and kinds of its attributes in a state."""
        name = next(n for n, (base, _) in self._classes.items() if base == "TerraformResource")
        body = self._classes[name][1]
        synthesis = body[body.rfind("synthesizeHclAttributes()") :]
        return self._members(body, dict(re.findall(_HCL.pattern.replace("        ", " {12}", 1),
                                                   synthesis, re.M)))  # fmt: skip

    def _members(self, body: str, nesting: Mapping[str, str]) -> dict[str, Any]:
        plain = (*_PLAIN.findall(body), *_MAP.findall(body))
        found: dict[str, Any] = {name: _KINDS.get(kind, "any") for kind, name in plain}
        for name, attribute in _BLOCK.findall(body):
            if attribute != "timeouts":
                found[attribute] = self._block(name, nesting.get(attribute, ""))
        return dict(sorted(found.items()))

    def _block(self, name: str, nesting: str) -> Any:
        stem = re.sub(r"(List|Map|OutputReference)$", "", name)
        _, body = self._classes[stem + "OutputReference"]
        members = self._members(body, self._nesting.get(stem.lower(), {}))
        if name.endswith("Map"):
            return ["map", members]
        single = name.endswith("OutputReference") and nesting not in ("list", "set")
        return members if single else ["list", members]


def sensitive(wheel: Path) -> Iterator[tuple[str, set[str], list[str]]]:
    """Every resource of a wheel: its token, its attributes, and those that are sensitive."""
    with ZipFile(wheel) as opened:
        for file in sorted(opened.namelist()):
            text = opened.read(file).decode() if file.endswith(".py") else ""
            token = re.search(r"super\(\w+, __self__\)\.__init__\(\s*'([^']+)'", text)
            state = re.search(r"class _\w+State:\s+def __init__\(__self__, \*,([^)]*)\)", text)
            if token and state:
                secret = re.search(r"additional_secret_outputs=\[([^\]]*)\]", text)
                names = re.findall(r'"(\w+)"', secret[1]) if secret else []
                yield token[1], set(re.findall(r"(\w+):", state[1])), [*map(_snake, names)]


def _snake(name: str) -> str:
    return re.sub(r"(?<=[a-z0-9])([A-Z])", r"_\1", name).lower()


def nearest(attributes: Mapping[str, Any], told: list[Any]) -> tuple[float, str, list[str]]:
    """The wheel's resource that has these attributes: how near it is, its token, its secrets."""
    own = {name.rstrip("s") for name in attributes} - {"id", "tags_all"}
    scored = (
        (len(own & theirs) / len(own | theirs), token, secret)
        for token, names, secret in told
        for theirs in [{name.rstrip("s") for name in names}]
    )
    return max(scored)


def snapshot(folder: Path) -> dict[str, Any]:
    """What is kept of all providers."""
    made: dict[str, Any] = {"sources": {}, "types": {}}
    for cloud, (provider, wheel) in CLOUDS.items():
        try:
            rows = import_module(f"auditor.checks.{cloud}._exported").rows()
        except ModuleNotFoundError:
            continue
        wanted = {row.type for each in rows.values() for row in each if row.form == "terraform"}
        pulumi = next(folder.glob(f"pulumi_{wheel}-*.whl"))
        told = list(sensitive(pulumi))
        version = json.loads((folder / provider / "package.json").read_text())["version"]
        for file in sorted((folder / provider / "lib").glob("*/index.js")):
            text = file.read_text(encoding="utf-8")
            kind = _TYPE.search(text)
            if not kind or kind[1] not in wanted or "TerraformDataSource {" in text:
                continue
            source = Source(text)
            attributes = source.attributes()
            near, token, secret = nearest(attributes, told)
            if near < 0.5:
                raise SystemExit(f"{source.type}: nearest is {token}, {near:.2f}")
            made["types"][source.type] = {"attributes": attributes, "sensitive": sorted(secret)}
            made["sources"][provider] = [
                f"hashicorp/{provider} {source.version}",
                f"@cdktf/provider-{provider} {version}",
                "-".join(pulumi.name.split("-")[:2]),
            ]
            print(f"{source.type:50} {near:.2f} {token} {' '.join(secret)}")
    return made


def main() -> None:
    """Write the snapshot, the same bytes for the same packages."""
    made = json.dumps(snapshot(Path(sys.argv[1])), sort_keys=True, separators=(",", ":"))
    TARGET.write_bytes(gzip.compress(made.encode(), 9, mtime=0))


if __name__ == "__main__":
    main()
