"""Amazon SQS. Its attributes are a map of texts; times are seconds since 1970."""

from __future__ import annotations

from auditor.sdk import Ask, Category, Epoch, Listing, Part, Policy, Ref, StoreType

_attributes = Ask("sqs:GetQueueAttributes", {"QueueUrl": "@", "AttributeNames": '`["All"]`'})

queue = StoreType(
    "aws.sqs.queue",
    category=Category.QUEUE,
    # without MaxResults the first thousand come, and no token for the others
    listing=Listing("sqs:ListQueues", items="QueueUrls", params={"MaxResults": "`1000`"}),
    id=(_attributes["Attributes.QueueArn"], "@"),
    also=("@",),
    label=Part("@", "/", -1),
    created=Epoch(_attributes["Attributes.CreatedTimestamp"]),
    tags=Ask("sqs:ListQueueTags", {"QueueUrl": "@"})["Tags"],
    encrypted=_attributes[
        "Attributes && (Attributes.SqsManagedSseEnabled == 'true'"
        " || not_null(Attributes.KmsMasterKeyId, '') != '')"
    ],
    key=Ref("aws.kms.key", _attributes["Attributes.KmsMasterKeyId"]),
    shares=(Policy(_attributes["Attributes.Policy"]),),
    facts={"messages": _attributes["Attributes.ApproximateNumberOfMessages"]},
    source="https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_ListQueues.html",
)
