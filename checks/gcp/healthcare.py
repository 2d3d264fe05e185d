"""The Cloud Healthcare API: datasets, and the FHIR, DICOM, HL7v2 and consent stores in them.

They are listed directly, place by place: the inventory learns of them hours later
(https://docs.cloud.google.com/asset-inventory/docs/known-issues). A store is encrypted with the key
of its dataset. What a store streams to, or exports to, is a further copy, perhaps elsewhere.
"""

from __future__ import annotations

from typing import Any

from auditor.sdk import Ask, Category, Copies, Listing, Part, Ref, Role, StoreType, Text

from ._values import APPROVAL, NUMBER, bucket_of, key, let_in

_DOCS = "https://docs.cloud.google.com/healthcare-api/docs/reference/rest/v1"
_FULL_NAME = Text("//healthcare.{partition}/{name}")
_PLACE = Part("name", "/", 3)
_DATASETS = "healthcare:projects.locations.datasets"


def _listed(each: Listing) -> Listing:
    """What is listed in every place that the service has; where it is off, there is none."""
    return Listing(
        "healthcare:projects.locations.list",
        items="locations",
        params={"name": Text("projects/{account}")},
        scope="global",
        each=each,
        absent=("SERVICE_DISABLED",),
    )


def _datasets(each: Listing | None = None) -> Listing:
    listing = Listing(f"{_DATASETS}.list", items="datasets", params={"parent": "name"}, each=each)
    return _listed(listing)


def _store(stores: str) -> dict[str, Any]:
    """What the stores of a dataset have in common; `stores` is their collection in its name."""
    dataset_name = Part("name", f"/{stores}/", 0)
    asked = Ask(f"{_DATASETS}.get", {"name": dataset_name})
    return {
        "category": Category.HEALTH,
        "holds_health": True,
        "listing": _datasets(
            Listing(f"{_DATASETS}.{stores}.list", items=stores, params={"parent": "name"})
        ),
        "id": _FULL_NAME,
        "also": ("name",),
        "label": "name",
        "region": _PLACE,
        "tags": "labels",
        "encrypted": "`true`",
        "key": key(asked["encryptionSpec.kmsKeyName"]),
        "parent": Ref("gcp.healthcare.dataset", dataset_name),
        "shares": let_in(Ask(f"{_DATASETS}.{stores}.getIamPolicy", {"resource": "name"}), NUMBER),
        "source": f"{_DOCS}/projects.locations.datasets.{stores}",
    }


# whole records in a message are a copy in the topic
_NOTIFIED = Copies(
    items="notificationConfigs[?sendFullResource]", role=Role.EXPORT, id="pubsubTopic"
)

dataset = StoreType(
    "gcp.healthcare.dataset",
    category=Category.HEALTH,
    holds_health=True,
    listing=_datasets(),
    row="healthcare.googleapis.com/Dataset",
    id=_FULL_NAME,
    also=("name",),
    label="name",
    region=_PLACE,
    encrypted="`true`",
    key=key("encryptionSpec.kmsKeyName"),
    shares=let_in(Ask(f"{_DATASETS}.getIamPolicy", {"resource": "name"}), NUMBER),
    facts={"access_approval": APPROVAL},
    source=f"{_DOCS}/projects.locations.datasets",
)

fhir_store = StoreType(
    "gcp.healthcare.fhir_store",
    row="healthcare.googleapis.com/FhirStore",
    copies=(
        Copies(items="streamConfigs[].bigqueryDestination", role=Role.EXPORT, id="datasetUri"),
        Copies(items="streamConfigs[].deidentifiedStoreDestination", role=Role.EXPORT, id="store"),
        Copies(
            items="[bulkExportGcsDestination][?uriPrefix]",
            role=Role.EXPORT,
            id=bucket_of("uriPrefix"),
        ),
        _NOTIFIED,
    ),
    facts={"version": "version"},
    **_store("fhirStores"),
)

dicom_store = StoreType(
    "gcp.healthcare.dicom_store",
    row="healthcare.googleapis.com/DicomStore",
    copies=(
        Copies(
            items="streamConfigs[].bigqueryDestination.tableUri",
            role=Role.EXPORT,
            id=Text("{@}"),
        ),
    ),
    **_store("dicomStores"),
)

hl7v2_store = StoreType(
    "gcp.healthcare.hl7v2_store",
    row="healthcare.googleapis.com/Hl7V2Store",
    **_store("hl7V2Stores"),
)

consent_store = StoreType(
    "gcp.healthcare.consent_store",
    row="healthcare.googleapis.com/ConsentStore",
    **_store("consentStores"),
)
