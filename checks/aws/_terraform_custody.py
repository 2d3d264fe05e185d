"""The keys, the vaults and the plans that copy elsewhere, as the AWS provider of Terraform tells.

The lock and the policy of a vault are resources of their own, and so are a key's replicas.
"""

from __future__ import annotations

from collections.abc import Mapping

from auditor.sdk import Copies, Role, Row, Unsaid, Value

from ._terraform import having, key_of, row
from ._values import account_of, region_of

_vault = row(
    "aws_backup_vault",
    also=("name",),
    label="name",
    encrypted=having("kms_key_arn"),
    key=key_of("kms_key_arn"),
    facts={"flavour": "'BACKUP_VAULT'"},
)

_air_gapped = row(
    "aws_backup_logically_air_gapped_vault",
    also=("name",),
    label="name",
    encrypted=having("encryption_key_arn"),
    key=key_of("encryption_key_arn"),
    facts={"flavour": "'LOGICALLY_AIR_GAPPED_BACKUP_VAULT'"},
)


def _destinations(items: str) -> Copies:
    return Copies(
        items=items,
        role=Role.BACKUP,
        id="@",
        region=region_of("@"),
        account=account_of("@"),
    )


_plan = row(
    "aws_backup_plan",
    also=("id",),
    label="name",
    copies=(
        _destinations("rule[].copy_action[].destination_vault_arn"),
        _destinations("rule[].target_logically_air_gapped_backup_vault_arn | [?@]"),
    ),
)


def _managed(type_: str, material: str, state: str, **facts: Value) -> Row:
    """A key that a customer made: a state holds none of the provider's own."""
    told = {"manager": "'customer'", "material": material, "owner": account_of("arn")}
    on = f"[{state}][?@ != `null`].[(@ && 'Enabled') || 'Disabled'] | [0][0]"
    alone = ("(multi_region == `false` && `[[]]`) | [0]", Unsaid("copies"))
    return row(
        type_,
        also=("id",),
        facts={**told, "state": on, **facts},
        copies=(Copies(items=alone if "multi_region" in facts.values() else alone[1], id="@"),),
    )


_key = _managed(
    "aws_kms_key",
    "(xks_key_id && 'external') || (custom_key_store_id && 'hsm') || 'provider'",
    "is_enabled",
    multi_region="multi_region",
    custom_key_store="custom_key_store_id || ''",
    external_key="xks_key_id || ''",
)
_external_key = _managed(
    "aws_kms_external_key", "'imported'", "enabled", multi_region="multi_region"
)
_key_replica = _managed("aws_kms_replica_key", "'provider'", "enabled", multi_region="`true`")
_external_replica = _managed(
    "aws_kms_replica_external_key", "'imported'", "enabled", multi_region="`true`"
)

STORES: Mapping[str, tuple[Row, ...]] = {
    "aws.backup.vault": (_vault, _air_gapped),
    "aws.backup.plan": (_plan,),
    "aws.kms.key": (_key, _external_key, _key_replica, _external_replica),
}
