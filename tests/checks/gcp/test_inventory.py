"""What Asset Inventory lists, held against the fake: whom it is asked of, its quota, its rows."""

from __future__ import annotations

import pytest

from auditor.errors import ApiError
from auditor.model import Gap, Reason, Scope
from auditor.registry import resolve
from auditor.testing.google import Estate, GoogleFake, Project, Weather, asset

connect = resolve("auditor.checks.gcp._api:connect")
Assets = resolve("auditor.checks.gcp._inventory:Assets")
row_of = resolve("auditor.checks.gcp._inventory:row_of")

BUCKET = "storage.googleapis.com/Bucket"
DISK = "compute.googleapis.com/Disk"
TABLE = "bigquery.googleapis.com/Table"
A = Project("p-a", "1001", ("folders/7", "organizations/1"))
B = Project("p-b", "1002", ("folders/8", "folders/7", "organizations/1"))
C = Project("p-c", "1003", ("organizations/1",))


def bucket(project: Project, name: str) -> dict:
    data = {"name": name, "location": "EUROPE-WEST9", "projectNumber": project.number}
    return asset(project, BUCKET, name, "europe-west9", data)


def estate(**more) -> Estate:
    assets = [bucket(A, "a-1"), bucket(A, "a-2"), bucket(B, "b-1"), bucket(C, "c-1")]
    return Estate(projects=[A, B, C], assets=[*assets, *more.pop("assets", [])], **more)


def inquiries(google, rows=(BUCKET, DISK, TABLE)):
    scopes = [seen for seen in google.accounts() if isinstance(seen, Scope)]
    return list(google.inventory(scopes, rows))


def listed(google, inquiry):
    rows, params = [], inquiry.params
    service, _, operation = inquiry.op.partition(":")
    while params is not None:
        answer = google.call(inquiry.target, service, "", operation, params)
        rows += answer["assets"]
        params = google.next_page(service, operation, params, answer)
    return rows


def names(google, **more):
    return sorted(
        row["asset"]["name"].rpartition("/")[2]
        for inquiry in inquiries(google, **more)
        for row in listed(google, inquiry)
    )


def parents(asked):
    return sorted({inquiry.params["parent"] for inquiry in asked})


# ---------------------------------------------------------------------- whom it is asked of


def test_the_organisation_is_asked_at_once():
    with GoogleFake(estate()) as fake:
        google = connect(fake.settings)
        asked = inquiries(google)
        assert parents(asked) == ["organizations/1"]
        assert {inquiry.accounts for inquiry in asked} == {("p-a", "p-b", "p-c")}
        assert {inquiry.target.account for inquiry in asked} == {"organizations/1"}
        assert sorted(t for i in asked for t in i.params["assetTypes"]) == [TABLE, DISK, BUCKET]
        assert names(google) == ["a-1", "a-2", "b-1", "c-1"]


def test_many_types_are_shared_out_among_few_questions():
    rows = [f"x.googleapis.com/T{n}" for n in range(50)]
    with GoogleFake(estate()) as fake:
        asked = inquiries(connect(fake.settings), rows)
    assert len(asked) == 8
    assert sorted(t for i in asked for t in i.params["assetTypes"]) == sorted(rows)


def test_a_folder_of_the_settings_is_asked_at_once():
    with GoogleFake(estate()) as fake:
        google = connect({**fake.settings, "folders": ["7"]})
        assert parents(inquiries(google)) == ["folders/7"]
        assert names(google) == ["a-1", "a-2", "b-1"]


def test_where_the_organisation_refuses_its_folders_are_asked_then_projects():
    weather = Weather(denied=["organizations/1/assets", "organizations/1:", "folders/7/assets"])
    with GoogleFake(estate(), weather) as fake:
        google = connect({**fake.settings, "organizations": ["1"]})
        asked = inquiries(google)
        assert parents(asked) == ["folders/8", "projects/1001", "projects/1003"]
        assert names(google) == ["a-1", "a-2", "b-1", "c-1"]


def test_projects_of_the_settings_are_asked_one_by_one():
    with GoogleFake(estate()) as fake:
        google = connect({**fake.settings, "projects": ["p-a", "p-c"]})
        asked = inquiries(google)
        assert [(i.params["parent"], i.accounts) for i in asked] == [
            ("projects/1001", ("p-a",)),
            ("projects/1003", ("p-c",)),
        ]
        assert names(google) == ["a-1", "a-2", "c-1"]


def test_a_project_that_refuses_tells_it_itself():
    with GoogleFake(estate(), Weather(denied=["projects/1001/assets"])) as fake:
        google = connect({**fake.settings, "projects": ["p-a", "p-c"]})
        refusing, telling = inquiries(google)
        with pytest.raises(ApiError) as caught:
            listed(google, refusing)
        assert caught.value.reason is Reason.DENIED
        assert [row["name"] for row in listed(google, telling)] == ["c-1"]


def test_an_inventory_that_is_not_enabled_is_told_by_its_questions():
    with GoogleFake(estate(), Weather(disabled=["cloudasset"])) as fake:
        google = connect({**fake.settings, "organizations": ["1"]})
        asked = inquiries(google)
        assert asked
        with pytest.raises(ApiError) as caught:
            listed(google, asked[0])
    assert caught.value.reason is Reason.NOT_ENABLED


@pytest.mark.parametrize("settings", [{}, {"projects": ["p-a", "p-c"]}])
def test_a_type_that_the_inventory_does_not_know_spoils_no_other(settings):
    with GoogleFake(estate(), Weather(unknown_types=[TABLE])) as fake:
        google = connect({**fake.settings, **settings})
        asked = inquiries(google)
        spoilt = [i for i in asked if TABLE in i.params["assetTypes"]]
        assert all(i.params["assetTypes"] == [TABLE] for i in spoilt)
        with pytest.raises(ApiError, match="INVALID_ARGUMENT"):
            listed(google, spoilt[0])
        told = [row["name"] for i in asked if i not in spoilt for row in listed(google, i)]
        assert set(told) >= {"a-1", "a-2", "c-1"}


def test_nothing_is_asked_where_nothing_is_wanted():
    with GoogleFake(estate()) as fake:
        google = connect(fake.settings)
        assert inquiries(google, ()) == []
        assert list(google.inventory([], [BUCKET])) == []


# ---------------------------------------------------------------------- rows


def test_a_row_is_the_resource_and_what_the_inventory_adds():
    with GoogleFake(estate()) as fake:
        google = connect({**fake.settings, "projects": ["p-c"]})
        (row,) = listed(google, inquiries(google)[0])
    assert row == {
        "name": "c-1",
        "location": "EUROPE-WEST9",
        "projectNumber": "1003",
        "asset": {
            "name": "//storage.googleapis.com/c-1",
            "type": BUCKET,
            "location": "europe-west9",
            "project": "p-c",
            "number": "1003",
            "parent": "//cloudresourcemanager.googleapis.com/projects/1003",
            "updated": "2026-01-14T08:00:00Z",
        },
    }


def test_rows_come_page_by_page():
    many = [bucket(C, f"c-{n}") for n in range(2, 30)]
    with GoogleFake(estate(assets=many), Weather(page_size=5)) as fake:
        assert len(names(connect(fake.settings))) == 32


def test_an_asset_without_data_is_told_with_what_is_known_of_it():
    bare = asset(C, BUCKET, "c-bare", "", None)
    with GoogleFake(estate(assets=[bare])) as fake:
        google = connect({**fake.settings, "projects": ["p-c"]})
        row = listed(google, inquiries(google)[0])[-1]
    assert list(row) == ["asset"]
    assert row["asset"]["location"] is None


def test_what_the_settings_leave_out_is_left_out():
    with GoogleFake(estate()) as fake:
        google = connect({**fake.settings, "exclude": ["p-a"]})
        assert names(google) == ["b-1", "c-1"]


def test_a_project_that_nobody_listed_keeps_its_rows_under_its_number():
    stranger = Project("p-x", "1999", ("organizations/1",))
    hidden = estate(assets=[bucket(stranger, "x-1")])
    with GoogleFake(hidden) as fake:
        google = connect(fake.settings)
        rows = [row for i in inquiries(google) for row in listed(google, i)]
    assert [r["asset"]["project"] for r in rows if r["name"] == "x-1"] == ["1999"]


def test_what_an_organisation_holds_itself_is_its_own():
    row = row_of({"name": "//l/x", "ancestors": ["organizations/1"]}, "", "organizations/1")
    assert row["asset"]["project"] == "organizations/1"
    assert row["asset"]["number"] is None


@pytest.mark.parametrize("assets", ["x", [1], {"a": 1}])
def test_rows_of_another_kind_are_no_answer(assets):
    google = connect({})
    with pytest.raises(ApiError) as caught:
        Assets(google, google._projects, {}).rows_of({"assets": assets})
    assert caught.value.reason is Reason.MALFORMED


def test_an_answer_without_assets_has_no_rows():
    google = connect({})
    assert Assets(google, google._projects, {}).rows_of({"readTime": "x"})["assets"] == []


# ---------------------------------------------------------------------- quota


def test_the_quota_is_kept_before_it_is_refused():
    with GoogleFake(estate(), Weather(quota=100)) as fake:
        google = connect({**fake.settings, "projects": ["p-c"], "inventory_per_minute": 3})
        (asked,) = inquiries(google)  # one question is for the types
        assert len(listed(google, asked)) == len(listed(google, asked)) == 1
        before = len(fake.asked)
        with pytest.raises(ApiError) as caught:
            listed(google, asked)
        assert len(fake.asked) == before
    error = caught.value
    assert (error.reason, error.code) == (Reason.THROTTLED, "")
    assert 50 < error.after < 60.2


def test_a_refusal_that_tells_when_to_come_back_stops_all():
    with GoogleFake(estate(), Weather(quota=2, quota_seconds=30)) as fake:
        google = connect({**fake.settings, "projects": ["p-c"]})
        (asked,) = inquiries(google)
        listed(google, asked)
        with pytest.raises(ApiError) as told:
            listed(google, asked)
        before = len(fake.asked)
        with pytest.raises(ApiError) as kept:
            listed(google, asked)
        assert len(fake.asked) == before
    assert told.value.code == "RATE_LIMIT_EXCEEDED"
    assert 0 < kept.value.after <= told.value.after <= 30


def test_nothing_but_reads_is_asked():
    with GoogleFake(estate()) as fake:
        google = connect(fake.settings)
        names(google)
        assert not [seen for seen in google.accounts() if isinstance(seen, Gap)]
        assert fake.refused == []
