"""Amazon OpenSearch Service."""

from __future__ import annotations

from auditor.sdk import MIB, Ask, Category, Listing, Metric, Policy, Ref, StoreType, Text

_ARN = Text("arn:{partition}:es:{region}:{account}:domain/{DomainName}")
_domain = Ask("opensearch:DescribeDomain", {"DomainName": "DomainName"})

domain = StoreType(
    "aws.opensearch.domain",
    category=Category.SEARCH,
    listing=Listing("opensearch:ListDomainNames", items="DomainNames"),
    id=_ARN,
    also=("DomainName",),
    label="DomainName",
    bytes=Metric(
        namespace="AWS/ES",
        name="ClusterUsedSpace",
        dimensions={"DomainName": "DomainName", "ClientId": Text("{account}")},
        unit=MIB,
    ),
    tags=Ask("opensearch:ListTags", {"ARN": _ARN})["TagList"],
    encrypted=_domain["DomainStatus.EncryptionAtRestOptions.Enabled"],
    key=Ref("aws.kms.key", _domain["DomainStatus.EncryptionAtRestOptions.KmsKeyId"]),
    shares=(Policy(_domain["DomainStatus.AccessPolicies"]),),
    source="https://docs.aws.amazon.com/opensearch-service/latest/APIReference/API_DescribeDomain.html",
)
