"""AWS HealthOmics: genomes, always encrypted.

Sequence and variant stores hold genetic data of persons; reference and annotation stores usually
do not (https://docs.aws.amazon.com/omics/latest/dev/data-protection.html).
"""

from __future__ import annotations

from auditor.sdk import Ask, Category, Copies, Grants, Listing, Policy, Ref, Role, StoreType

from ._values import bucket_of


def _tags(arn: str) -> Ask:
    return Ask("omics:ListTagsForResource", {"resourceArn": arn})


def _shared(arn: str) -> Grants:
    ask = Ask(
        "omics:ListShares", {"resourceOwner": "'SELF'", "filter": f"{{resourceArns: [{arn}]}}"}
    )
    live = "shares[?status=='PENDING' || status=='ACTIVATING' || status=='ACTIVE']"
    return Grants(items=ask[live], account="principalSubscriber", via="share")


_store = Ask("omics:GetSequenceStore", {"id": "id"})
_access = Ask(
    "omics:GetS3AccessPolicy",
    {"s3AccessPointArn": _store["s3Access.s3AccessPointArn"]},
    absent=("ResourceNotFoundException",),  # the access point has no policy
)

sequence_store = StoreType(
    "aws.omics.sequence_store",
    category=Category.HEALTH,
    listing=Listing("omics:ListSequenceStores", items="sequenceStores"),
    id="arn",
    also=("id",),
    label="name",
    created="creationTime",
    tags=_tags("arn")["tags"],
    encrypted="`true`",
    key=Ref("aws.kms.key", "sseConfig.keyArn"),
    copies=(Copies(items="fallbackLocation", role=Role.EXPORT, id=bucket_of("@")),),
    shares=(Policy(_access["s3AccessPolicy"]),),
    holds_health=True,
    source="https://docs.aws.amazon.com/omics/latest/api/API_ListSequenceStores.html",
)

reference_store = StoreType(
    "aws.omics.reference_store",
    category=Category.HEALTH,
    listing=Listing("omics:ListReferenceStores", items="referenceStores"),
    id="arn",
    also=("id",),
    label="name",
    created="creationTime",
    tags=_tags("arn")["tags"],
    encrypted="`true`",
    key=Ref("aws.kms.key", "sseConfig.keyArn"),
    source="https://docs.aws.amazon.com/omics/latest/api/API_ListReferenceStores.html",
)

variant_store = StoreType(
    "aws.omics.variant_store",
    category=Category.HEALTH,
    listing=Listing("omics:ListVariantStores", items="variantStores"),
    id="storeArn",
    also=("id",),
    label="name",
    bytes="storeSizeBytes",
    created="creationTime",
    tags=_tags("storeArn")["tags"],
    encrypted="`true`",
    key=Ref("aws.kms.key", "sseConfig.keyArn"),
    shares=(_shared("storeArn"),),
    holds_health=True,
    source="https://docs.aws.amazon.com/omics/latest/api/API_ListVariantStores.html",
)

annotation_store = StoreType(
    "aws.omics.annotation_store",
    category=Category.HEALTH,
    listing=Listing("omics:ListAnnotationStores", items="annotationStores"),
    id="storeArn",
    also=("id",),
    label="name",
    bytes="storeSizeBytes",
    created="creationTime",
    tags=_tags("storeArn")["tags"],
    encrypted="`true`",
    key=Ref("aws.kms.key", "sseConfig.keyArn"),
    shares=(_shared("storeArn"),),
    source="https://docs.aws.amazon.com/omics/latest/api/API_ListAnnotationStores.html",
)
