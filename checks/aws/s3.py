"""Amazon S3.

`MaxBuckets` is sent because `BucketRegion` is told only when a request has a parameter; the
bucket's own question is the fallback (no constraint is us-east-1, `EU` is eu-west-1). Every
object has been encrypted since 2023, if only with S3's own key
(https://docs.aws.amazon.com/AmazonS3/latest/userguide/default-encryption-faq.html).
"""

from __future__ import annotations

from auditor.sdk import (
    Ask,
    Category,
    Copies,
    Grants,
    Listing,
    Metric,
    Policy,
    Ref,
    Role,
    StoreType,
    Text,
)

_location = Ask("s3:GetBucketLocation", {"Bucket": "Name"})
_region = (
    "BucketRegion",
    _location["(LocationConstraint == 'EU' && 'eu-west-1') || LocationConstraint || 'us-east-1'"],
)


def _ask(operation: str, *absent: str) -> Ask:
    """A question about a bucket, put in the bucket's own region."""
    return Ask(f"s3:{operation}", {"Bucket": "Name"}, absent=absent, at=_region)


_encryption = _ask("GetBucketEncryption", "ServerSideEncryptionConfigurationNotFoundError")
_replication = _ask("GetBucketReplication", "ReplicationConfigurationNotFoundError")
_acl = _ask("GetBucketAcl")
_logging = _ask("GetBucketLogging")
_inventory = _ask("ListBucketInventoryConfigurations")
_block = _ask("GetPublicAccessBlock", "NoSuchPublicAccessBlockConfiguration")
# what an account refuses of public access, it refuses for all its buckets
_account = Ask(
    "s3control:GetPublicAccessBlock",
    {"AccountId": Text("{account}")},
    absent=("NoSuchPublicAccessBlockConfiguration",),
    once=True,
)
# public grants are then without effect, by access list and by policy alike
_BLOCKED = (
    "(PublicAccessBlockConfiguration.IgnorePublicAcls"
    " && PublicAccessBlockConfiguration.RestrictPublicBuckets) || `false`"
)

_DEFAULT = "ServerSideEncryptionConfiguration.Rules[0].ApplyServerSideEncryptionByDefault"
_ALL_USERS = "ends_with(Grantee.URI || '', '/global/AllUsers')"
_SIGNED_IN = "ends_with(Grantee.URI || '', '/global/AuthenticatedUsers')"

# https://docs.aws.amazon.com/AmazonS3/latest/userguide/metrics-dimensions.html
_STORAGE = (
    "StandardStorage", "IntelligentTieringFAStorage", "IntelligentTieringIAStorage",
    "IntelligentTieringAAStorage", "IntelligentTieringAIAStorage", "IntelligentTieringDAAStorage",
    "StandardIAStorage", "OneZoneIAStorage", "ReducedRedundancyStorage",
    "GlacierInstantRetrievalStorage", "GlacierStorage", "DeepArchiveStorage",
)  # fmt: skip

bucket = StoreType(
    "aws.s3.bucket",
    category=Category.OBJECT,
    listing=Listing(
        "s3:ListBuckets", items="Buckets", params={"MaxBuckets": "`1000`"}, scope="global"
    ),
    id=Text("arn:{partition}:s3:::{Name}"),
    also=("Name",),
    label="Name",
    region=_region,
    created="CreationDate",
    tags=_ask("GetBucketTagging", "NoSuchTagSet")["TagSet"],
    bytes=Metric(
        namespace="AWS/S3",
        name="BucketSizeBytes",
        dimensions={"BucketName": "Name"},
        each=("StorageType", _STORAGE),
        at=_region,
    ),
    encrypted="`true`",
    key=Ref("aws.kms.key", _encryption[f"{_DEFAULT}.KMSMasterKeyID"]),
    copies=(
        Copies(
            items=_replication["ReplicationConfiguration.Rules[?Status=='Enabled'].Destination"],
            id="Bucket",
            account="Account",
        ),
        Copies(items=_logging["LoggingEnabled"], role=Role.LOG, id="TargetBucket"),
        Copies(
            items=_inventory[
                "InventoryConfigurationList[?IsEnabled].Destination.S3BucketDestination"
            ],
            role=Role.INVENTORY,
            id="Bucket",
            account="AccountId",
        ),
    ),
    shares=(
        Policy(_ask("GetBucketPolicy", "NoSuchBucketPolicy")["Policy"]),
        Grants(
            items=_acl["Grants"],
            account="Grantee.ID || Grantee.EmailAddress || Grantee.URI",
            public=f"{_ALL_USERS} || {_SIGNED_IN}",
            service="ends_with(Grantee.URI || '', '/s3/LogDelivery')",
            us=_acl["Owner.ID"],
            via="acl",
        ),
    ),
    facts={
        "algorithm": _encryption[f"{_DEFAULT}.SSEAlgorithm"],
        "public_access_blocked": _block[_BLOCKED],
        "public_access_blocked_above": _account[_BLOCKED],
        "public_acls_refused": _block["PublicAccessBlockConfiguration.BlockPublicAcls || `false`"],
        "public_policies_refused": _block[
            "PublicAccessBlockConfiguration.BlockPublicPolicy || `false`"
        ],
    },
    source="https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListBuckets.html",
)
