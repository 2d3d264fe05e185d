"""AWS Glue Data Catalog: tables described there, whose bytes rest where they point to.

The names of columns are evidence by themselves, before any row is read.
"""

from __future__ import annotations

from auditor.sdk import Ask, Category, Listing, Policy, StoreType, Text

# one policy for the whole catalogue of an account in a region
_policy = Ask("glue:GetResourcePolicy", {}, absent=("EntityNotFoundException",), once=True)
# the tags of Lake Formation: what a customer, or a scanner of theirs, says that a table holds
_tags = Ask(
    "lakeformation:GetResourceLFTags",
    {"Resource": "{Table: {DatabaseName: DatabaseName, Name: Name}}"},
    absent=("EntityNotFoundException",),
)
_COLUMNS = "StorageDescriptor.Columns[].Name || `[]`"

table = StoreType(
    "aws.glue.table",
    category=Category.WAREHOUSE,
    listing=Listing(
        "glue:GetDatabases",
        items="DatabaseList",
        each=Listing("glue:GetTables", items="TableList", params={"DatabaseName": "Name"}),
    ),
    id=Text("arn:{partition}:glue:{region}:{account}:table/{DatabaseName}/{Name}"),
    label="Name",
    created="CreateTime",
    tags=_tags["LFTagsOnTable[].{Key: TagKey, Value: join(', ', TagValues || `[]`)}"],
    shares=(Policy(_policy["PolicyInJson"]),),
    facts={
        "columns": f"join('\n', {_COLUMNS})",
        "location": "StorageDescriptor.Location || ''",
    },
    source="https://docs.aws.amazon.com/glue/latest/webapi/API_GetTables.html",
)
