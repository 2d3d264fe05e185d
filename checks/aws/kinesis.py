"""Amazon Kinesis Data Streams."""

from __future__ import annotations

from auditor.sdk import Ask, Category, Listing, Policy, Ref, StoreType

_summary = Ask("kinesis:DescribeStreamSummary", {"StreamName": "StreamName"})
_tags = Ask("kinesis:ListTagsForStream", {"StreamName": "StreamName", "Limit": "`50`"})
# a stream was just listed: what is not found is its policy; "{}" says the same
_policy = Ask(
    "kinesis:GetResourcePolicy",
    {"ResourceARN": "StreamARN"},
    absent=("ResourceNotFoundException",),
)
_ENCRYPTION = "StreamDescriptionSummary.EncryptionType"

stream = StoreType(
    "aws.kinesis.stream",
    category=Category.STREAM,
    listing=Listing("kinesis:ListStreams", items="StreamSummaries"),
    id="StreamARN",
    also=("StreamName",),
    label="StreamName",
    created="StreamCreationTimestamp",
    tags=_tags["Tags"],
    encrypted=_summary[f"{_ENCRYPTION} && {_ENCRYPTION} == 'KMS'"],
    key=Ref("aws.kms.key", _summary["StreamDescriptionSummary.KeyId"]),
    shares=(Policy(_policy["Policy"]),),
    facts={"retention_hours": _summary["StreamDescriptionSummary.RetentionPeriodHours"]},
    source="https://docs.aws.amazon.com/kinesis/latest/APIReference/API_ListStreams.html",
)
