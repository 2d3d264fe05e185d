"""Azure Stream Analytics: data pass through; what a job keeps may lie in an account it names."""

from __future__ import annotations

from auditor.sdk import Category, Copies, Folded, StoreType

job = StoreType(
    "azure.streamanalytics.job",
    category=Category.STREAM,
    listing=None,
    row="microsoft.streamanalytics/streamingjobs",
    id="id",
    label="name",
    region=Folded("location"),
    created="properties.createdDate",
    tags="tags",
    encrypted="`true`",
    copies=(Copies(items="properties.jobStorageAccount.accountName", id="@"),),
    facts={
        "state": "properties.jobState || ''",
        "kept_in": "properties.contentStoragePolicy || ''",
    },
    source="https://learn.microsoft.com/azure/templates/microsoft.streamanalytics/streamingjobs",
)
