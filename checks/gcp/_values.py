"""Values that many Google services share: names, places in a name, zones, keys, who is let in.

A resource's name tells its place (`projects/p/locations/europe-west9/…`); its full name, which the
inventory and log sinks use, begins with the service
(https://docs.cloud.google.com/asset-inventory/docs/asset-names).
"""

from __future__ import annotations

from typing import Any

from auditor.sdk import Ask, Grants, Part, Ref, Text

LOCATION = (Part("name", "/", 3), "asset.location")
PUBLIC = "@ == 'allUsers' || @ == 'allAuthenticatedUsers'"

# Accounts that Google's own services act by, by the projects of Google that they belong to; a name
# before the @ says nothing, anybody may choose one. https://docs.cloud.google.com/iam/docs/service-agents
_AGENTS = (
    "cloudservices", "cloud-filer", "cloud-redis", "cloudcomposer-accounts", "compute-system",
    "container-engine-robot", "dataflow-service-producer-prod", "dataproc-accounts",
    "gcf-admin-robot", "gs-project-accounts", "serverless-robot-prod",
)  # fmt: skip
_SERVICE = " || ".join(
    f"contains(@ || '', '@{mark}')" for mark in ("gcp-sa-", *(f"{agent}." for agent in _AGENTS))
)
# default accounts name their project before the @, others after it:
# https://docs.cloud.google.com/iam/docs/service-account-types#default
_COMPUTE = "ends_with(@ || '', '-compute@developer.gserviceaccount.com')"
_APP_ENGINE = "ends_with(@ || '', '@appspot.gserviceaccount.com')"
_DELETED = "starts_with(@ || '', 'deleted:')"  # it lets in nobody any more
_PROJECT = Ask("cloudresourcemanager:projects.get", {"name": Text("projects/{account}")}, once=True)
# which services need our approval before Google's people look, project by project: of custody
# (https://docs.cloud.google.com/assured-workloads/access-approval/docs/overview)
APPROVAL = Ask(
    "accessapproval:projects.getAccessApprovalSettings",
    {"name": Text("projects/{account}/accessApprovalSettings")},
    absent=("NOT_FOUND", "SERVICE_DISABLED"),
    once=True,
)["join(',', enrolledServices[].cloudProduct || `[]`) || 'none'"]
NUMBER = Part(_PROJECT["name"], "/", 1)  # of the project, where no asset tells it
_MEMBERS = "bindings[].members[]"


def full_name(service: str) -> tuple[Any, ...]:
    """The full name of a resource, as the inventory tells it or made of its own name."""
    return ("asset.name", Text(f"//{service}.{{partition}}/{{name}}"))


def last(value: Any) -> Part:
    """The last part of a path: of a zone's address, the zone."""
    return Part(value, "/", -1)


def bucket_of(uri: Any) -> Part:
    """The bucket of an address such as `gs://bucket/prefix`."""
    return Part(uri, "/", 2)


def key(value: Any) -> Ref:
    """A key of the customer's, without the version that is in use."""
    return Ref("gcp.kms.crypto_key", Part(value, "/cryptoKeyVersions/", 0))


def project_of(member: Any) -> Any:
    """Whose a member of a policy is: its project or its domain, never a person.

    `projectViewer:p` and `serviceAccount:a@p.iam.gserviceaccount.com` are the project `p`;
    `user:`, `group:` and `domain:` are a domain; a person of a pool is the pool.
    """
    unnamed = Part(member, "/subject/", 0)
    return Part(Part(Part(unnamed, ":", -1), "@", -1), ".iam.gserviceaccount.com", 0)


def let_in(policy: Ask, number: Any = "asset.number") -> tuple[Grants, ...]:
    """Whom an IAM policy lets in; `number` is that of the store's own project.

    https://docs.cloud.google.com/iam/docs/principal-identifiers
    """
    others = f"{_MEMBERS} | [?!({_COMPUTE}) && !({_APP_ENGINE}) && !({_DELETED})]"
    return (
        Grants(
            items=policy[others],
            account=project_of("@"),
            public=PUBLIC,
            service=_SERVICE,
            via="iam",
        ),
        Grants(
            items=policy[f"{_MEMBERS} | [?{_COMPUTE}]"],
            account=_before("-compute@"),
            us=number,
            via="iam",
        ),
        Grants(items=policy[f"{_MEMBERS} | [?{_APP_ENGINE}]"], account=_before("@"), via="iam"),
    )


def _before(mark: str) -> Any:
    return Part(Part("@", ":", -1), mark, 0)
