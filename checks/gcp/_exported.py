"""How the stores of Google Cloud are told in exports that are not its own inventory's."""

from __future__ import annotations

from collections.abc import Mapping

from auditor.sdk import Row

from . import _terraform, _terraform_databases, _terraform_services


def rows() -> Mapping[str, tuple[Row, ...]]:
    """The rows of every type that some export tells."""
    return {**_terraform.STORES, **_terraform_databases.STORES, **_terraform_services.STORES}
