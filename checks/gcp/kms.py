"""Cloud KMS keys: a subject, asked once, when some store refers to it.

The protection level tells where the material is: in Google's software or HSM, or outside of Google
(https://docs.cloud.google.com/kms/docs/protection-levels). A place without a dash (`global`, `eu`,
`europe`) and `nam-eur-asia1` are several regions.
"""

from __future__ import annotations

from auditor.sdk import Ask, Category, Part, StoreType

_key = Ask("cloudkms:projects.locations.keyRings.cryptoKeys.get", {"name": "id"})

_LEVEL = "(primary.protectionLevel || versionTemplate.protectionLevel)"
_EXTERNAL = f"({_LEVEL} == 'EXTERNAL' || {_LEVEL} == 'EXTERNAL_VPC')"
_HSM = f"({_LEVEL} == 'HSM' || {_LEVEL} == 'HSM_SINGLE_TENANT')"
_MATERIAL = (
    f"({_EXTERNAL} && 'external')"
    " || ((primary.importJob || importOnly) && 'imported')"
    f" || ({_HSM} && 'hsm')"
    f" || ({_LEVEL} == 'SOFTWARE' && 'provider') || `null`"
)
# the continents that the names of regions begin with; u is another universe
_CONTINENTS = (
    "africa", "asia", "australia", "europe", "me", "northamerica", "southamerica", "u", "us",
)  # fmt: skip
_ONE_REGION = " || ".join(f"contains(name || '', '/locations/{c}-')" for c in _CONTINENTS)
_MANAGED_OUTSIDE = Ask(
    "cloudkms:projects.locations.ekmConnections.get",
    {"name": _key[f"({_LEVEL} == 'EXTERNAL_VPC' && cryptoKeyBackend) || `null`"]},
)

crypto_key = StoreType(
    "gcp.kms.crypto_key",
    category=Category.KEY,
    listing=None,
    id=(_key["name"], "id"),
    also=("id",),
    region=Part("id", "/", 3),
    created=_key["createTime"],
    facts={
        "manager": _key["(name && 'customer') || `null`"],
        "material": _key[_MATERIAL],
        "multi_region": _key[f"!({_ONE_REGION})"],
        "state": _key["primary.state"],
        "owner": Part("id", "/", 1),
        "protection_level": _key[_LEVEL],
        "external_key": _key["primary.externalProtectionLevelOptions.externalKeyUri || ''"],
        "external_manager": (
            _key[f"({_LEVEL} != 'EXTERNAL_VPC' && 'none') || `null`"],
            _MANAGED_OUTSIDE["serviceResolvers[0].hostname"],
        ),
        "access_justifications": _key[
            "join(',', keyAccessJustificationsPolicy.allowedAccessReasons || `[]`)"
        ],
    },
    source="https://docs.cloud.google.com/kms/docs/reference/rest/v1/projects.locations.keyRings.cryptoKeys",
)
