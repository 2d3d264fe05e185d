"""Which permissions a reader has in a project: the one question that is put by POST."""

from __future__ import annotations

import pytest

from auditor.errors import ApiError
from auditor.model import Reason, Scope
from auditor.registry import resolve
from auditor.testing.google import Estate, GoogleFake, Project, Weather

connect = resolve("auditor.checks.gcp._api:connect")
DPI, LABO = Project("chu-lumiere-dpi", "41"), Project("chu-lumiere-labo", "42")
HELD = "cloudresourcemanager:projects.testIamPermissions"
MANY = [f"storage:kind{n:03}.get" for n in range(230)]


def scope(project: Project) -> Scope:
    return Scope(provider="gcp", partition="googleapis.com", account=project.id)


def unseen(weather: Weather, operations, accounts=(DPI, LABO)):
    """The gaps by account, and how many questions of rights they took."""
    with GoogleFake(Estate(projects=[DPI, LABO]), weather) as fake:
        gaps = list(connect(fake.settings).unseen([scope(one) for one in accounts], operations))
        assert fake.refused == []
        asked = sum(one.endswith(":testIamPermissions") for one in fake.asked)
    return {gap.scope.account: (gap.reason, gap.detail) for gap in gaps}, asked


def test_all_may_be_read():
    assert unseen(Weather(), ["storage:buckets.get", "storage.googleapis.com/Bucket"]) == ({}, 2)


def test_rows_of_the_inventory_are_not_asked_after():
    assert unseen(Weather(), ["storage.googleapis.com/Bucket"]) == ({}, 0)


def test_no_more_than_a_hundred_are_asked_at_once():
    gaps, asked = unseen(Weather(lacked={LABO.id: ["storage.kind229.get"]}), MANY)
    assert asked == 6
    assert gaps[LABO.id] == (
        Reason.DENIED,
        f"{HELD}: not allowed in all of it: storage.kind229.get",
    )


def test_what_cannot_be_asked_is_found_once_and_told():
    gaps, asked = unseen(Weather(odd=["storage.kind007.get"]), MANY)
    assert gaps == {
        "": (Reason.UNSUPPORTED, f"{HELD}: cannot be asked of a project: storage.kind007.get")
    }
    assert asked < 25


def test_having_none_at_all_is_told():
    gaps, _ = unseen(Weather(lacked={DPI.id: ["storage.buckets.get"]}), ["storage:buckets.get"])
    assert gaps[DPI.id][1].endswith(": storage.buckets.get")


def test_a_project_that_is_refused_leaves_the_other():
    gaps, _ = unseen(Weather(hidden=[DPI.id]), ["storage:buckets.get"])
    assert gaps == {DPI.id: (Reason.DENIED, f"{HELD}: PERMISSION_DENIED")}


def test_the_engine_cannot_put_it():
    with GoogleFake(Estate(projects=[DPI])) as fake:
        google = connect(fake.settings)
        with pytest.raises(ApiError, match="not known"):
            google.call(
                scope(DPI),
                "cloudresourcemanager",
                "",
                "projects.testIamPermissions",
                {"resource": "projects/41"},
            )
        assert fake.asked == []


@pytest.mark.parametrize("project", ["", "..", "../x", "a/b", "a:b/c", "a b", "p?x=1", "p#x"])
def test_a_project_that_is_none_is_not_asked(project):
    with GoogleFake(Estate(projects=[DPI])) as fake:
        google = connect(fake.settings)
        with pytest.raises(ApiError, match="no path"):
            google.held(project, ["storage.buckets.get"])
        assert fake.asked == fake.refused == []


def test_a_project_of_a_domain():
    own = Project("chu-lumiere.example:dpi", "43")
    with GoogleFake(Estate(projects=[own])) as fake:
        google = connect(fake.settings)
        assert google.held(own.id, ["storage.buckets.get"]) == {"storage.buckets.get"}
