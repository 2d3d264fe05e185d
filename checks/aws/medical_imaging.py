"""AWS HealthImaging: DICOM, always encrypted.

https://docs.aws.amazon.com/healthimaging/latest/devguide/data-protection.html
"""

from __future__ import annotations

from auditor.sdk import Ask, Category, Listing, Ref, StoreType

_tags = Ask("medical-imaging:ListTagsForResource", {"resourceArn": "datastoreArn"})
_properties = Ask("medical-imaging:GetDatastore", {"datastoreId": "datastoreId"})

datastore = StoreType(
    "aws.medical_imaging.datastore",
    category=Category.HEALTH,
    listing=Listing("medical-imaging:ListDatastores", items="datastoreSummaries"),
    only="datastoreStatus != 'DELETED'",
    id="datastoreArn",
    also=("datastoreId",),
    label="datastoreName",
    created="createdAt",
    tags=_tags["tags"],
    encrypted="`true`",
    key=Ref("aws.kms.key", _properties["datastoreProperties.kmsKeyArn"]),
    holds_health=True,
    source="https://docs.aws.amazon.com/healthimaging/latest/APIReference/API_ListDatastores.html",
)
