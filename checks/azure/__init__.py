"""Microsoft Azure, every cloud of it."""

from auditor.sdk import Inventory, Provider

provider = Provider(
    "azure",
    api="auditor.checks.azure._api:connect",
    permissions="auditor.checks.azure._permissions:policy",
    terraform="auditor.checks.azure._permissions:terraform",
    models="auditor.checks.azure._models:models",
    rows="auditor.checks.azure._exported:rows",
    inventory=Inventory(items="data", type="type", account="subscriptionId", total="totalRecords"),
    objects="auditor.checks.azure._objects:container",
    schemes=("az",),
    sampled=("azure.storage.blob_container",),
    sampling=("Microsoft.Storage:storageAccounts/blobServices/containers/blobs",),
    at_hand="auditor.checks.azure._at_hand:at_hand",
)
