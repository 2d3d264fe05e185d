"""AWS HealthLake: FHIR, always encrypted.

https://docs.aws.amazon.com/healthlake/latest/devguide/data-protection.html
"""

from __future__ import annotations

from auditor.sdk import Ask, Category, Copies, Listing, Ref, Role, StoreType

from ._values import bucket_of

_tags = Ask("healthlake:ListTagsForResource", {"ResourceARN": "DatastoreArn"})
_exports = Ask("healthlake:ListFHIRExportJobs", {"DatastoreId": "DatastoreId"})

fhir_datastore = StoreType(
    "aws.healthlake.fhir_datastore",
    category=Category.HEALTH,
    # the largest page: botocore knows no paginator for it
    listing=Listing(
        "healthlake:ListFHIRDatastores",
        items="DatastorePropertiesList",
        params={"MaxResults": "`500`"},
    ),
    only="DatastoreStatus != 'DELETED'",
    id="DatastoreArn",
    also=("DatastoreId",),
    label="DatastoreName",
    created="CreatedAt",
    tags=_tags["Tags"],
    encrypted="`true`",
    key=Ref("aws.kms.key", "SseConfiguration.KmsEncryptionConfig.KmsKeyId"),
    copies=(
        Copies(
            items=_exports["ExportJobPropertiesList[].OutputDataConfig.S3Configuration.S3Uri"],
            role=Role.EXPORT,
            id=bucket_of("@"),
        ),
    ),
    facts={"preloaded": "PreloadDataConfig.PreloadDataType || ''"},  # invented patients
    holds_health=True,
    source="https://docs.aws.amazon.com/healthlake/latest/APIReference/API_ListFHIRDatastores.html",
)
