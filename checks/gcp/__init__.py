"""Google Cloud, every universe of it."""

from auditor.sdk import Inventory, Provider

provider = Provider(
    "gcp",
    api="auditor.checks.gcp._api:connect",
    permissions="auditor.checks.gcp._permissions:policy",
    terraform="auditor.checks.gcp._permissions:terraform",
    models="auditor.checks.gcp._models:models",
    rows="auditor.checks.gcp._exported:rows",
    inventory=Inventory(items="assets", type="asset.type", account="asset.project"),
    objects="auditor.checks.gcp._objects:bucket",
    schemes=("gs",),
    sampled=("gcp.storage.bucket",),
    sampling=("storage:objects.list", "storage:objects.get"),
    at_hand="auditor.checks.gcp._at_hand:at_hand",
)
