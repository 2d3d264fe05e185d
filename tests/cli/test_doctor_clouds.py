"""What the doctor, and the certificate of an audit, tell of rights that are missing."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import pytest

from auditor.testing.azure import AzureEstate, AzureFake, subscription
from auditor.testing.google import Estate, GoogleFake, Project, Weather

from .calling import Shell

ONE, TWO = (f"00000000-0000-4000-8000-00000000000{n}" for n in (1, 2))
STORAGE, DISK = "Microsoft.Storage/storageAccounts", "Microsoft.Compute/disks"
RIGHTS = "Microsoft.Authorization:permissions"
HELD = "cloudresourcemanager:projects.testIamPermissions"
DPI, LABO = Project("chu-lumiere-dpi", "41"), Project("chu-lumiere-labo", "42")


def written(section: str, settings: Mapping[str, Any], **audit: Any) -> str:
    """An auditor.toml that leads to a fake."""
    lines = ["[audit]", f'providers = ["{section}"]', *(f"{k} = {v}" for k, v in audit.items())]
    tables = {section: {k: v for k, v in settings.items() if not isinstance(v, dict)}}
    tables |= {f"{section}.{k}": v for k, v in settings.items() if isinstance(v, dict)}
    for name, told in tables.items():
        lines += [f"[{name}]", *(f"{k} = {json.dumps(v)}" for k, v in told.items())]
    return "\n".join(lines) + "\n"


def row(account: str, kind: str) -> dict[str, Any]:
    """A resource as Resource Graph tells it."""
    name = "chulumiere"
    return {
        "id": f"/subscriptions/{account}/resourceGroups/rg-dpi/providers/{kind}/{name}",
        "name": name,
        "type": kind.lower(),
        "location": "francecentral",
        "subscriptionId": account,
        "resourceGroup": "rg-dpi",
        "properties": {},
    }


def azure() -> AzureFake:
    subscriptions = [subscription(ONE, "CHU Lumière"), subscription(TWO, "Recherche")]
    rows = [row(account, kind) for account in (ONE, TWO) for kind in (STORAGE, DISK)]
    return AzureFake(AzureEstate(subscriptions=subscriptions, rows=rows))


def audited(auditor: Shell) -> tuple[int, list[dict[str, Any]]]:
    """The exit code of an audit, and the units of its certificate that were not read."""
    told = auditor("audit")
    (file,) = auditor.folder.glob("**/coverage.jsonl")
    units = [json.loads(line) for line in file.read_text("utf-8").splitlines()]
    assert told.exit_code in (0, 4), told.stderr
    return told.exit_code, [unit for unit in units if unit["kind"] == "discovery"]


# ---------------------------------------------------------------------- Azure


def test_a_reader_of_all_subscriptions_is_told_nothing(auditor: Shell) -> None:
    with azure() as fake:
        auditor.write(written("azure", fake.settings))
        told = auditor("doctor")
    assert told.exit_code == 0, told.stdout
    assert "2 accounts, 0 regions of accounts, 0 refused" in told.stdout
    assert fake.refused == []


def test_what_may_not_be_read_is_told_by_subscription(auditor: Shell) -> None:
    with azure() as fake:
        fake.allow(TWO, "Microsoft.Storage/*")
        auditor.write(written("azure", fake.settings))
        told = auditor("doctor")
    assert told.exit_code == 4
    (line,) = (line for line in told.stdout.splitlines() if RIGHTS in line)
    assert TWO in line
    assert "denied" in line
    assert "more" in line
    assert "microsoft.storage" not in line.lower()


def test_a_few_missing_ones_are_named(auditor: Shell) -> None:
    with azure() as fake:
        fake.allow(ONE, "Microsoft.Compute/*", f"{STORAGE}/blobServices/*")
        types = '["azure.storage.*", "azure.compute.*"]'
        auditor.write(written("azure", fake.settings, types=types))
        told = auditor("doctor").stdout
    assert f"{STORAGE.lower()}/read" in told.lower()
    assert f"{DISK.lower()}/read" not in told.lower()
    assert "blobservices" not in told.lower()


def test_rights_that_cannot_be_asked_for_are_told(auditor: Shell) -> None:
    with azure() as fake:
        fake.denied = [f"/subscriptions/{ONE}/providers/Microsoft.Authorization"]
        auditor.write(written("azure", fake.settings))
        told = auditor("doctor")
    assert told.exit_code == 4
    assert f"{RIGHTS}: AuthorizationFailed" in told.stdout
    assert "dupont" not in told.stdout


def test_a_hidden_subscription_is_told_twice_in_one_unit(auditor: Shell) -> None:
    with azure() as fake:
        fake.hide(TWO)
        auditor.write(written("azure", fake.settings, types='["azure.storage.account"]'))
        code, unread = audited(auditor)
    assert code == 4
    (unit,) = unread
    assert unit["scope"]["account"] == TWO
    details = sorted(gap["detail"].partition(": ")[2] for gap in unit["gaps"])
    assert [detail.split()[0] for detail in details] == ["not", "the"]


def test_rows_that_are_left_out_without_a_word_are_in_the_certificate(auditor: Shell) -> None:
    with azure() as fake:
        fake.allow(TWO, "Microsoft.Compute/*/read", f"{STORAGE}/blobServices/read")
        auditor.write(written("azure", fake.settings, types='["azure.storage.account"]'))
        code, unread = audited(auditor)
    assert code == 4
    assert [unit["scope"]["account"] for unit in unread] == [TWO]
    assert f"{STORAGE.lower()}/read" in unread[0]["gaps"][0]["detail"].lower()


def test_a_type_that_may_be_read_leaves_the_certificate_whole(auditor: Shell) -> None:
    with azure() as fake:
        fake.allow(TWO, "Microsoft.Compute/*/read")
        auditor.write(written("azure", fake.settings, types='["azure.compute.disk"]'))
        assert audited(auditor)[1] == []


def test_a_thousand_subscriptions_are_one_question_each(auditor: Shell) -> None:
    many = [subscription(f"00000000-0000-4000-8000-{n:012}") for n in range(1000)]
    with AzureFake(AzureEstate(subscriptions=many)) as fake:
        auditor.write(written("azure", fake.settings))
        told = auditor("doctor")
        asked = [path for _, path in fake.asked if path.endswith("/permissions")]
    assert told.exit_code == 0, told.stdout[:400]
    assert len(asked) == len(set(asked)) == 1000


# ---------------------------------------------------------------------- Google Cloud


@pytest.fixture
def google() -> Any:
    with GoogleFake(Estate(projects=[DPI, LABO])) as fake:
        yield fake


def test_a_reader_of_all_projects_is_told_nothing(auditor: Shell, google: GoogleFake) -> None:
    auditor.write(written("gcp", google.settings))
    told = auditor("doctor")
    assert told.exit_code == 0, told.stdout
    assert "2 accounts" in told.stdout
    assert google.refused == []


def test_what_is_not_permitted_is_told_by_project(auditor: Shell, google: GoogleFake) -> None:
    google.weather = Weather(lacked={LABO.id: ["storage.buckets.getIamPolicy"]})
    auditor.write(written("gcp", google.settings))
    told = auditor("doctor")
    assert told.exit_code == 4
    (line,) = (line for line in told.stdout.splitlines() if HELD in line)
    assert LABO.id in line
    assert line.endswith("not allowed in all of it: storage.buckets.getIamPolicy")


def test_a_project_that_only_the_inventory_shows_is_told(
    auditor: Shell, google: GoogleFake
) -> None:
    google.weather = Weather(hidden=[LABO.id])
    auditor.write(written("gcp", google.settings))
    told = auditor("doctor")
    assert told.exit_code == 4
    assert f"{HELD}: PERMISSION_DENIED" in told.stdout


def test_a_permission_that_cannot_be_asked_spoils_no_other(
    auditor: Shell, google: GoogleFake
) -> None:
    odd, lacked = "cloudkms.cryptoKeys.get", "storage.buckets.getIamPolicy"
    google.weather = Weather(odd=[odd], lacked={LABO.id: [lacked]})
    auditor.write(written("gcp", google.settings))
    told = auditor("doctor").stdout
    assert f"cannot be asked of a project: {odd}\n" in told
    assert f"not allowed in all of it: {lacked}\n" in told


def test_projects_that_may_lie_beside_are_told(auditor: Shell, google: GoogleFake) -> None:
    """The reader sees one of two projects, and nothing that holds them."""
    google.weather = Weather(hidden=[LABO.id])
    google.estate = Estate(projects=[DPI, LABO], organizations=())
    auditor.write(written("gcp", google.settings, types='["gcp.storage.bucket"]'))
    told = auditor("doctor")
    assert told.exit_code == 4
    assert "organizations/1" in told.stdout
    assert "whether it holds other projects is not visible" in told.stdout
    code, unread = audited(auditor)
    assert code == 4
    assert [unit["scope"]["account"] for unit in unread] == ["organizations/1"]


def test_who_names_the_projects_is_not_told_of_others(auditor: Shell, google: GoogleFake) -> None:
    google.estate = Estate(projects=[DPI, LABO], organizations=())
    settings = {**google.settings, "projects": [DPI.id]}
    auditor.write(written("gcp", settings, types='["gcp.storage.bucket"]'))
    assert auditor("doctor").exit_code == 0
    assert audited(auditor) == (0, [])


def test_a_thousand_projects_are_one_question_each(auditor: Shell, google: GoogleFake) -> None:
    google.estate = Estate(projects=[Project(f"p-{n:04}", str(1000 + n)) for n in range(1000)])
    auditor.write(written("gcp", google.settings))
    told = auditor("doctor")
    asked = [one for one in google.asked if one.endswith(":testIamPermissions")]
    assert told.exit_code == 0, told.stdout[:400]
    assert len(asked) == len(set(asked)) == 1000


# ---------------------------------------------------------------------- AWS


def test_what_is_asked_of_aws_tells_itself_what_is_refused() -> None:
    """Nothing is left out there without a word: no right is asked for beforehand."""
    from auditor.registry import resolve

    api = resolve("auditor.checks.aws._api:connect")
    assert not hasattr(api, "unseen")
