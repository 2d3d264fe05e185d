"""Amazon CloudWatch Logs.

Log groups are always encrypted, with a key of the service when none is told
(https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html).
"""

from __future__ import annotations

from auditor.sdk import Ask, Category, Copies, Epoch, Listing, Ref, Role, StoreType, Text

from ._values import account_of, region_of

_ARN = Text("arn:{partition}:logs:{region}:{account}:log-group:{logGroupName}")
_filters = Ask("logs:DescribeSubscriptionFilters", {"logGroupName": "logGroupName"})

log_group = StoreType(
    "aws.logs.log_group",
    category=Category.LOG,
    listing=Listing("logs:DescribeLogGroups", items="logGroups", params={"limit": "`50`"}),
    id=_ARN,
    also=("logGroupName",),
    label="logGroupName",
    bytes="storedBytes",
    created=Epoch("creationTime", 1000),
    tags=Ask("logs:ListTagsForResource", {"resourceArn": _ARN})["tags"],
    encrypted="`true`",
    key=Ref("aws.kms.key", "kmsKeyId"),
    copies=(
        Copies(
            items=_filters["subscriptionFilters[].destinationArn"],
            role=Role.EXPORT,
            id="@",
            region=region_of("@"),
            account=account_of("@"),
        ),
    ),
    source="https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_DescribeLogGroups.html",
)
