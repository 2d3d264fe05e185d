"""Values that several Azure services write alike: public access, and a key by vault and name."""

from __future__ import annotations


def reachable(path: str = "properties.publicNetworkAccess", closed: str = "Disabled") -> str:
    """Whether the public network reaches it; not told where the service does not tell.

    Any other word than the one that closes it is read as open: none of them is a promise.
    """
    return f"{path} && {path} != '{closed}'"


def key_uri(vault: str, name: str) -> str:
    """The address of a key, told as its vault's (with or without a last slash) and its name.

    The version is left out: a key that rotates stays the same key.
    """
    slash = f"ends_with({vault} || '', '/')"
    joined = f"join('', [{vault} || '', 'keys/', {name} || ''])"
    between = f"join('/', [{vault} || '', 'keys', {name} || ''])"
    return f"{vault} && {name} && ({slash} && {joined} || {between})"
