"""Amazon MemoryDB."""

from auditor.sdk import Ask, Category, Listing, Ref, StoreType

_tags = Ask("memorydb:ListTags", {"ResourceArn": "ARN"}, absent=("ClusterNotFoundFault",))

cluster = StoreType(
    "aws.memorydb.cluster",
    category=Category.CACHE,
    listing=Listing("memorydb:DescribeClusters", items="Clusters[]"),
    id="ARN",
    also=("Name",),
    label="Name",
    tags=_tags["TagList"],
    key=Ref("aws.kms.key", "KmsKeyId"),
    source="https://docs.aws.amazon.com/memorydb/latest/APIReference/API_DescribeClusters.html",
)
