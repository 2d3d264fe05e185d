"""Texts for markup: Markdown and XML, where strangers' names must be read as names."""

from __future__ import annotations

import re

from auditor.sdk import plain

# What means something inside a line of Markdown, in CommonMark and in what people added to it.
_INLINE = re.compile(r"[\\`*_\[\]{}|~$^]")
_TAGS = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
# What an editor makes a link of by itself; a person, where there are mentions.
_LINKS = re.compile(r"(?i:(?P<host>\bwww))\.|:(?=//)|(?P<at>@)(?=\w)|(?i:\b(?P<to>mailto|xmpp)):")
# At the beginning of a line: a list, a title, a rule, an underlined title.
_FIRST = ("-", "+", "#", "=", "!", ":")
_NUMBERED = re.compile(r"(\d{1,9})([.)])(?=\s|$)")
# What XML 1.0 has no way to write.
_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def markdown(text: object) -> str:
    """A text as Markdown shows it: no markup, no tag, no link of its own, on one line."""
    said = _INLINE.sub(r"\\\g<0>", plain(text).strip())
    said = re.sub("[&<>]", lambda tag: _TAGS[tag[0]], said)
    return _LINKS.sub(_unlinked, said)


def _unlinked(found: re.Match[str]) -> str:
    if found["host"]:
        return f"{found['host']}\\."
    if found["at"]:
        return "@&NoBreak;"  # a backslash would not do: what is shown is looked at again
    return f"{found['to'] or ''}\\:"


def line(text: object) -> str:
    """The same, where a line begins: its first signs make no list and no title of it."""
    said = markdown(text)
    if said[:1] in _FIRST:
        return "\\" + said
    return f"{n[1]}\\{said[len(n[1]) :]}" if (n := _NUMBERED.match(said)) else said


def xml(text: object) -> str:
    """A text of which every character can stand in XML; escaping is left to whoever writes it."""
    said = str(text)
    return said if said.isprintable() else _NO_XML.sub("\N{REPLACEMENT CHARACTER}", plain(said))
