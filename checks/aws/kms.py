"""AWS KMS keys: a subject, asked once, when some store refers to it.

A reference is an ARN, an id or an alias, of this account or of another; it is asked in the region
that its ARN names. The facts are told in the words that custody is judged by.
"""

from __future__ import annotations

from auditor.sdk import Ask, Category, Copies, StoreType, Text

from ._values import account_of, region_of

_key = Ask("kms:DescribeKey", {"KeyId": "id"}, at=region_of("id"))

_MANAGER = (
    "(KeyMetadata.KeyManager == 'AWS' && 'provider')"
    " || (KeyMetadata.KeyManager == 'CUSTOMER' && 'customer') || `null`"
)
_MATERIAL = (
    "(KeyMetadata.Origin == 'AWS_KMS' && 'provider')"
    " || (KeyMetadata.Origin == 'EXTERNAL' && 'imported')"
    " || (KeyMetadata.Origin == 'AWS_CLOUDHSM' && 'hsm')"
    " || (KeyMetadata.Origin == 'EXTERNAL_KEY_STORE' && 'external') || `null`"
)

key = StoreType(
    "aws.kms.key",
    category=Category.KEY,
    listing=None,
    id=(_key["KeyMetadata.Arn"], "id"),
    also=("id", _key["KeyMetadata.KeyId"]),
    region=(region_of(_key["KeyMetadata.Arn"]), region_of("id"), Text("{region}")),
    created=_key["KeyMetadata.CreationDate"],
    copies=(
        Copies(
            items=_key["KeyMetadata.MultiRegionConfiguration.PrimaryKey"],
            id="Arn",
            region="Region",
        ),
        Copies(
            items=_key["KeyMetadata.MultiRegionConfiguration.ReplicaKeys"],
            id="Arn",
            region="Region",
        ),
    ),
    facts={
        "manager": _key[_MANAGER],
        "material": _key[_MATERIAL],
        "multi_region": _key["KeyMetadata.MultiRegion"],
        "state": _key["KeyMetadata.KeyState"],
        "owner": (_key["KeyMetadata.AWSAccountId"], account_of("id")),
        "custom_key_store": _key["KeyMetadata.CustomKeyStoreId || ''"],
        "external_key": _key["KeyMetadata.XksKeyConfiguration.Id || ''"],
    },
    source="https://docs.aws.amazon.com/kms/latest/APIReference/API_DescribeKey.html",
)
