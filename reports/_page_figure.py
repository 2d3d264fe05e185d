"""A figure's picture inside a page: only drawing, names of its own, nothing that a policy stops."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET

_SVG, _XLINK = "http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink"
_DRAWN = (
    "svg", "g", "defs", "symbol", "use", "path", "rect", "circle", "ellipse", "line", "polyline",
    "polygon", "text", "tspan", "title", "desc", "marker", "clipPath", "mask", "pattern",
    "linearGradient", "radialGradient", "stop",
)  # fmt: skip
_IDS = ("aria-labelledby", "aria-describedby")
_ROLES = ("role", *_IDS)
_DECLARED = re.compile(r"\s*([a-z-]+)\s*:\s*([^;]+?)\s*(?:;|$)")


def inlined(svg: str, prefix: str, title: str, alt: str) -> object:
    """An SVG document as an element of a page: an image, named by these two elements."""
    from markupsafe import Markup

    root = ET.fromstring(svg)
    _cleaned(root, f"{prefix}-")
    for name in _ROLES:
        root.attrib.pop(name, None)
    root.set("role", "img")
    root.set("aria-labelledby", title)
    root.set("aria-describedby", alt)
    root.set("focusable", "false")
    return Markup(ET.tostring(root, encoding="unicode", short_empty_elements=True))


def _cleaned(element: ET.Element, prefix: str) -> None:
    """Unknown elements and attributes are left out; a style becomes attributes."""
    element.tag = element.tag.removeprefix(f"{{{_SVG}}}")
    for name, value in list(element.attrib.items()):
        del element.attrib[name]
        if name == "style":
            for key, said in _DECLARED.findall(value):
                element.attrib.setdefault(key, _pointing(said, prefix))
        elif kept := _kept(name, value, prefix):
            element.set(*kept)
    for child in list(element):
        if isinstance(child.tag, str) and child.tag.removeprefix(f"{{{_SVG}}}") in _DRAWN:
            _cleaned(child, prefix)
        else:
            element.remove(child)


def _kept(name: str, value: str, prefix: str) -> tuple[str, str] | None:
    if name == "id":
        return name, prefix + value
    if name in ("href", f"{{{_XLINK}}}href"):
        return ("href", f"#{prefix}{value[1:]}") if value.startswith("#") else None
    if name in _IDS:
        return name, " ".join(prefix + id for id in value.split())
    if name.startswith(("on", "{", "class")):
        return None
    return name, _pointing(value, prefix)


def _pointing(value: str, prefix: str) -> str:
    """A value that names an element of the picture names it by its new id; no other address."""
    return re.sub(
        r"url\(\s*(['\"]?)(#?)([^'\")]*)\1\s*\)",
        lambda m: f"url(#{prefix}{m[3]})" if m[2] else "none",
        value,
    )
