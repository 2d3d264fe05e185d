"""What a Word document has besides its body: styles, numbering, language, header and footer.

A template keeps what it has; what ours needs and it lacks is added under the same names.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib.resources import files
from typing import Any
from xml.sax.saxutils import escape

from ._office import LANG, clean

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_XMLNS = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_NUMBERING = "application/vnd.openxmlformats-officedocument.wordprocessingml.numbering+xml"
_BULLET = '<w:numFmt w:val="bullet"/><w:lvlText w:val="•"/>'
_NUMBER = '<w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/>'


def styles_of(document: Any, own: bool) -> dict[str, str]:
    """The id of each style by its name; what a template lacks is added, all is ours without one."""
    from docx.oxml import parse_xml

    held = document.styles.element
    ours = parse_xml((files(__package__ or "auditor.reports") / "word_styles.xml").read_bytes())
    names = {style.get(f"{_W}styleId"): _name(style) for style in ours}
    if not own:
        for style in held.findall(f"{_W}style"):
            held.remove(style)
    ids = {_name(style).lower(): style.get(f"{_W}styleId") for style in held.iter(f"{_W}style")}
    missing = [style for style in ours if _name(style).lower() not in ids]
    for style in missing:
        ids[_name(style).lower()] = _free(style.get(f"{_W}styleId"), ids.values())
    for style in missing:
        _added(held, style, {id: ids[name.lower()] for id, name in names.items()}, own)
    return {name: ids[name.lower()] for name in names.values()}


def _name(style: Any) -> str:
    found = style.find(f"{_W}name")
    return "" if found is None else str(found.get(f"{_W}val"))


def _free(id: str, taken: Any) -> str:
    while id in taken:  # theirs, of another name
        id += "Audit"
    return id


def _added(held: Any, style: Any, ids: dict[str, str], own: bool) -> None:
    style.set(f"{_W}styleId", ids[style.get(f"{_W}styleId")])
    if own and style.get(f"{_W}default"):
        del style.attrib[f"{_W}default"]
    for link in (*style.findall(f"{_W}basedOn"), *style.findall(f"{_W}next")):
        link.set(f"{_W}val", ids[link.get(f"{_W}val")])
    held.append(style)


def speak(document: Any, lang: str) -> None:
    """The language of the document, of its styles and of its theme; spelling is checked in it."""
    from docx.oxml import parse_xml

    held, spoken = document.styles.element, LANG[lang]
    defaults = held.find(f"{_W}docDefaults")
    if defaults is None:
        defaults = parse_xml(f"<w:docDefaults {_XMLNS}/>")
        held.insert(0, defaults)
    run = _child(_child(defaults, "rPrDefault", 0), "rPr", 0)
    _child(run, "lang", len(run))
    for said in held.iter(f"{_W}lang"):
        said.set(f"{_W}val", spoken)
    for said in document.settings.element.iter(f"{_W}themeFontLang"):
        said.set(f"{_W}val", spoken)
    document.core_properties.language = spoken


def _child(parent: Any, name: str, at: int) -> Any:
    from docx.oxml import parse_xml

    found = parent.find(f"{_W}{name}")
    if found is None:
        found = parse_xml(f"<w:{name} {_XMLNS}/>")
        parent.insert(at, found)
    return found


def numbering(document: Any) -> tuple[int, Callable[[], int]]:
    """The numbering of bullets, and what gives a new one to each list that counts."""
    from docx.oxml import parse_xml

    held = _numbering(document)
    used = [int(n.get(f"{_W}abstractNumId")) for n in held.findall(f"{_W}abstractNum")]
    first, nums = max(used, default=0) + 1, held.findall(f"{_W}num")
    at = held.index(nums[0]) if nums else len(held)
    for kind, looks in enumerate((_BULLET, _NUMBER)):
        told = (
            f'<w:abstractNum {_XMLNS} w:abstractNumId="{first + kind}">'
            f'<w:multiLevelType w:val="singleLevel"/><w:lvl w:ilvl="0"><w:start w:val="1"/>{looks}'
            '<w:lvlJc w:val="left"/><w:pPr><w:ind w:left="425" w:hanging="283"/></w:pPr>'
            "</w:lvl></w:abstractNum>"
        )
        held.insert(at + kind, parse_xml(told))
    return _new(held, first), lambda: _new(held, first + 1, again=True)


def _new(held: Any, kind: int, again: bool = False) -> int:
    """A numbering of a kind, that begins again; it stands after the others, as Word wants."""
    from docx.oxml import parse_xml

    nums = held.findall(f"{_W}num")
    id = max((int(n.get(f"{_W}numId")) for n in nums), default=0) + 1
    one = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
    told = (
        f'<w:num {_XMLNS} w:numId="{id}"><w:abstractNumId w:val="{kind}"/>'
        f"{one if again else ''}</w:num>"
    )
    last = nums[-1] if nums else held.findall(f"{_W}abstractNum")[-1]
    last.addnext(parse_xml(told))
    return id


def _numbering(document: Any) -> Any:
    from docx.opc.constants import RELATIONSHIP_TYPE
    from docx.opc.packuri import PackURI
    from docx.opc.part import XmlPart
    from docx.oxml import parse_xml

    try:
        return document.part.part_related_by(RELATIONSHIP_TYPE.NUMBERING).element
    except KeyError:
        root = parse_xml(f"<w:numbering {_XMLNS}/>")
        where = PackURI("/word/numbering.xml")
        part = XmlPart(where, _NUMBERING, root, document.part.package)
        document.part.relate_to(part, RELATIONSHIP_TYPE.NUMBERING)
        return root


def running(section: Any, title: str, words: Any, ids: dict[str, str]) -> None:
    """The title above each page and its number below; a template keeps its own.

    The title is that of the document's properties: no old one stays in a template of ours.
    """
    theirs = not section.header.is_linked_to_previous or not section.footer.is_linked_to_previous
    if theirs:
        return
    above, below = section.header, section.footer
    above.is_linked_to_previous = below.is_linked_to_previous = False
    shown = f'<w:r><w:t xml:space="preserve">{escape(clean(title, words, 250))}</w:t></w:r>'
    _fill(above, f'<w:fldSimple w:instr=" TITLE ">{shown}</w:fldSimple>', ids["header"])
    _fill(below, page_of(words), ids["footer"])


def page_of(words: Any) -> str:
    """« Page 3 sur 40 », its numbers counted by Word."""
    one, many = "\N{SYMBOL FOR NULL}", "\N{SYMBOL FOR START OF HEADING}"
    said = escape(words("Page {page} of {pages}", page=one, pages=many))
    run = f'<w:r><w:t xml:space="preserve">{said}</w:t></w:r>'
    for hole, field in ((one, "PAGE"), (many, "NUMPAGES")):
        number = (
            f'</w:t></w:r><w:fldSimple w:instr=" {field} "><w:r><w:t>1</w:t></w:r></w:fldSimple>'
            '<w:r><w:t xml:space="preserve">'
        )
        run = run.replace(hole, number)
    return run.replace('<w:r><w:t xml:space="preserve"></w:t></w:r>', "")


def _fill(part: Any, runs: str, style: str) -> None:
    from docx.oxml import parse_xml

    held = part._element
    for old in list(held):
        held.remove(old)
    held.append(parse_xml(f'<w:p {_XMLNS}><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{runs}</w:p>'))
