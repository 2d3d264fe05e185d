"""The parts of an OpenDocument text that are written into: ours, or those of a template.

A template is not built again from a tree: what is missing is put between its own tags, and all the
rest stays as its author left it. What does not look like what an office suite writes is refused.
"""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

_URN = "urn:oasis:names:tc:opendocument:xmlns:"
NAMES = {
    **{name: f"{_URN}{name}:1.0" for name in ("office", "style", "text", "table", "manifest")},
    "draw": f"{_URN}drawing:1.0",
    "fo": f"{_URN}xsl-fo-compatible:1.0",
    "svg": f"{_URN}svg-compatible:1.0",
    "loext": "urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0",
    "xlink": "http://www.w3.org/1999/xlink",
}
_ROOT = re.compile(r"<office:document-(?:content|styles)\b[^>]*>")
_LENGTH = {"mm": 100.0, "cm": 1000.0, "in": 2540.0, "pt": 2540 / 72, "pc": 2540 / 6}


def part(name: str) -> str:
    """A part of our own."""
    return (files(__package__ or "auditor.reports") / f"odt_{name}.xml").read_text("utf-8")


def named(xml: str) -> str:
    """A part whose root knows the names that ours are written with; ValueError when it cannot."""
    found = _ROOT.search(xml)
    if found is None:
        raise ValueError("no root")
    root, missing = found[0], ""
    for name, uri in NAMES.items():
        said = re.search(rf"""xmlns:{name}\s*=\s*["']([^"']*)""", root)
        if said and said[1] != uri:
            raise ValueError(name)
        missing += "" if said else f' xmlns:{name}="{uri}"'
    end = -2 if root.endswith("/>") else -1
    return xml.replace(root, f"{root[:end]}{missing}{root[end:]}", 1)


def into(xml: str, element: str, more: str, before: str = "") -> str:
    """A part with more at the end of one of its elements, that stands before another if it must."""
    empty = re.search(rf"<{element}\b[^>]*/>", xml)
    if empty:
        opened = f"{empty[0][:-2]}>{more}</{element}>"
        return xml[: empty.start()] + opened + xml[empty.end() :]
    at = xml.rfind(f"</{element}>")
    if at >= 0:
        return xml[:at] + more + xml[at:]
    start = re.search(rf"<{before}\b", xml) if before else None
    if start is None:
        raise ValueError(element)
    return f"{xml[: start.start()]}<{element}>{more}</{element}>{xml[start.start() :]}"


def length(text: str) -> float:
    """A length in hundredths of a millimetre."""
    found = re.fullmatch(r"\s*([\d.]+)\s*(mm|cm|in|pt|pc)\s*", text)
    if found is None:
        raise ValueError(text)
    return float(found[1]) * _LENGTH[found[2]]


@cache
def common() -> tuple[tuple[str, str], ...]:
    """The styles that are for everybody, each with its name; one on each line."""
    lines = part("common").splitlines()
    return tuple(
        (found[1], line)
        for line in lines
        if (found := re.match(r'<\S+ style:name="([^"]+)"', line))
    )


def spoken(xml: str, language: str) -> str:
    """Styles whose language is this one, wherever nothing says otherwise."""
    lang, land = language.split("-")
    said = f' fo:language="{lang}" fo:country="{land}"'
    form = r'<style:default-style\b[^>]*style:family="{}"[^>]*>.*?</style:default-style>'
    if not re.search(form.format("paragraph"), xml, re.DOTALL):
        start = re.search(r"<office:styles\b[^>]*>", xml)
        if start is None:
            raise ValueError("no styles")
        made = '<style:default-style style:family="paragraph"></style:default-style>'
        xml = xml[: start.end()] + made + xml[start.end() :]

    def speak(found: re.Match[str]) -> str:
        held = re.sub(r'\sfo:(?:language|country)="[^"]*"', "", found[0])
        if "<style:text-properties" in held:
            return held.replace("<style:text-properties", f"<style:text-properties{said}", 1)
        return held.replace("</style:default", f"<style:text-properties{said}/></style:default")

    return re.sub(form.format("(?:paragraph|graphic)"), speak, xml, flags=re.DOTALL)
