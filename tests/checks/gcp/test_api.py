"""The connection to Google Cloud, held against the fake: who, where, and one question at a time."""

from __future__ import annotations

import json
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from auditor.errors import ApiError, CredentialsError, SettingsError
from auditor.model import Gap, Reason, Scope
from auditor.registry import resolve
from auditor.testing._https import HttpsServer, Reply
from auditor.testing.google import Estate, GoogleFake, Project, Weather

connect = resolve("auditor.checks.gcp._api:connect")
objects = resolve("auditor.checks.gcp._objects:bucket")
at_hand = resolve("auditor.checks.gcp._at_hand:at_hand")

DPI = Project("chu-lumiere-dpi", "41", ("folders/7", "organizations/1"), "Dossier patient")
LABO = Project("chu-lumiere-labo", "42", ("folders/8", "folders/7", "organizations/1"))
SHUT = Project("chu-lumiere-ancien", "43", ("organizations/1",), state="DELETE_REQUESTED")
SYS = Project("sys-0123", "44", ("organizations/1",))
BUCKET = {"kind": "storage#bucket", "name": "images", "location": "EUROPE-WEST9"}
ESTATE = Estate(
    projects=[DPI, LABO, SHUT, SYS],
    answers={
        "storage:b/images": BUCKET,
        "healthcare:projects/chu-lumiere-dpi/locations/-/datasets": [
            {"name": f"projects/chu-lumiere-dpi/locations/europe-west9/datasets/{n}"}
            for n in range(5)
        ],
        "file:projects/p/locations/-/instances": {
            "instances": [{"name": "one"}],
            "unreachable": ["projects/p/locations/europe-west1"],
        },
    },
)


def asked(google, operation, **params):
    service, _, method = operation.partition(":")
    target = Scope(provider="gcp", partition=google.universe, account=DPI.id)
    return google.call(target, service, "", method, params)


def found(google):
    seen = list(google.accounts())
    scopes = sorted(s.account for s in seen if isinstance(s, Scope))
    return scopes, {g.scope.account: g.reason for g in seen if isinstance(g, Gap)}


def with_settings(fake, **more):
    return connect({**fake.settings, **more})


@pytest.fixture(scope="module")
def fake():
    with GoogleFake(ESTATE) as made:
        yield made


# ---------------------------------------------------------------------- who


def test_tells_who_asks_and_no_secret(fake):
    told = connect(fake.settings).identity()
    assert told["credentials"] == "service account key"
    assert told["partition"] == "googleapis.com"
    assert "PRIVATE" not in json.dumps(told)
    assert "ya29" not in json.dumps(told)


def test_nothing_is_asked_by_connecting(fake):
    before = len(fake.asked)
    connect(fake.settings)
    assert len(fake.asked) == before


def test_another_service_account_is_acted_as(fake):
    google = with_settings(fake, impersonate="reader@x.iam.gserviceaccount.com")
    assert google.identity()["credentials"].endswith("as reader@x.iam.gserviceaccount.com")
    assert asked(google, "storage:buckets.get", bucket="images") == BUCKET


def test_a_workload_of_elsewhere_is_known_by_its_federation(fake, tmp_path):
    word, path = tmp_path / "word", tmp_path / "federation.json"
    word.write_text("a.b.c")
    pool = "locations/global/workloadIdentityPools/p/providers/q"
    told = {
        "type": "external_account",
        "audience": f"//iam.googleapis.com/projects/41/{pool}",
        "subject_token_type": "urn:ietf:params:oauth:token-type:jwt",
        "token_url": fake.settings["endpoints"]["oauth2"] + "/token",
        "credential_source": {"file": str(word)},
    }
    path.write_text(json.dumps(told))
    google = with_settings(fake, credentials=str(path))
    assert google.identity()["credentials"] == "workload identity federation"
    assert asked(google, "storage:buckets.get", bucket="images") == BUCKET


def test_without_any_credentials_it_is_told_how_to_give_some(monkeypatch, tmp_path):
    monkeypatch.setenv("NO_GCE_CHECK", "true")
    monkeypatch.setenv("CLOUDSDK_CONFIG", str(tmp_path))
    monkeypatch.delenv("GOOGLE_APPLICATION_CREDENTIALS", raising=False)
    with pytest.raises(CredentialsError, match="DefaultCredentialsError") as caught:
        connect({}).identity()
    assert "GOOGLE_APPLICATION_CREDENTIALS" in caught.value.hint


def test_credentials_of_the_environment_are_looked_into_too(fake, monkeypatch):
    monkeypatch.setenv("GOOGLE_APPLICATION_CREDENTIALS", str(fake.key))
    google = with_settings(fake, credentials="")
    assert google.identity()["credentials"] == "service account key"


def test_the_project_that_pays_is_told(fake):
    google = with_settings(fake, quota_project="chu-lumiere-audit")
    asked(google, "storage:buckets.get", bucket="images")
    assert fake.projects_billed["chu-lumiere-audit"]


def test_another_universe_signs_for_itself_and_is_a_partition_of_its_own():
    with GoogleFake(ESTATE, universe="s3nsapis.fr") as fake:
        google = connect(fake.settings)
        scopes = [seen for seen in google.accounts() if isinstance(seen, Scope)]
        assert {scope.partition for scope in scopes} == {"s3nsapis.fr"}
        assert not fake.tokens.given


def test_credentials_of_one_universe_are_not_shown_to_another():
    with GoogleFake(ESTATE, universe="s3nsapis.fr") as fake:
        google = with_settings(fake, universe_domain="")
        with pytest.raises(SettingsError, match=r"s3nsapis\.fr"):
            google.identity()
        assert not fake.asked


def test_the_hosts_are_those_of_the_universe():
    google = connect({"universe_domain": "s3nsapis.fr"})
    assert google.universe == "s3nsapis.fr"
    with pytest.raises(SettingsError, match="https"):
        connect({"endpoints": {"storage": "http://storage.example"}})


@pytest.mark.parametrize(
    "content",
    ["", "{", "[]", "null", "{}", '{"type": "of its own"}']
    + [
        json.dumps({"type": kind})
        for kind in (
            "service_account",
            "authorized_user",
            "external_account",
            "impersonated_service_account",
            "external_account_authorized_user",
        )
    ],
)
def test_a_file_that_holds_no_credentials_is_a_mistake_to_mend(tmp_path, content):
    path = tmp_path / "key.json"
    path.write_text(content)
    with pytest.raises(CredentialsError):
        connect({"credentials": str(path)}).identity()


def test_a_key_that_sends_its_word_elsewhere_is_refused(fake, tmp_path):
    told = json.loads(fake.key.read_text()) | {"token_uri": "https://collect.example/token"}
    path = tmp_path / "key.json"
    path.write_text(json.dumps(told))
    with pytest.raises(CredentialsError, match="not known"):
        with_settings(fake, credentials=str(path)).identity()


def test_credentials_that_are_refused_are_a_mistake_to_mend():
    with GoogleFake(ESTATE) as fake:
        fake.tokens.refusing = True
        with pytest.raises(CredentialsError, match="RefreshError"):
            connect(fake.settings).identity()


def test_an_authority_that_is_not_ours_is_not_spoken_to(fake):
    with pytest.raises(CredentialsError, match="no connection"):
        with_settings(fake, ca=None).identity()


@pytest.mark.parametrize(
    ("section", "there"),
    [({}, False), ({"projects": []}, False), ({"organizations": ["1"]}, True)],
)
def test_is_at_hand(section, there, monkeypatch, tmp_path):
    monkeypatch.delenv("GOOGLE_APPLICATION_CREDENTIALS", raising=False)
    monkeypatch.setenv("CLOUDSDK_CONFIG", str(tmp_path))
    assert at_hand(section) is there
    (tmp_path / "application_default_credentials.json").write_text("{}")
    assert at_hand(section)


# ---------------------------------------------------------------------- where


def test_all_that_is_visible_is_in_scope_and_a_project_that_ends_is_a_gap(fake):
    scopes, gaps = found(with_settings(fake, exclude=["sys-*"]))
    assert scopes == ["chu-lumiere-dpi", "chu-lumiere-labo"]
    assert gaps == {"chu-lumiere-ancien": Reason.SUSPENDED}


def test_an_excluded_project_is_known_to_be_ours(fake):
    google = with_settings(fake, exclude=["44"])
    assert "sys-0123" not in found(google)[0]
    assert "sys-0123" in google.organisation()


@pytest.mark.parametrize(
    ("settings", "scopes"),
    [
        ({"organizations": ["1"]}, ["chu-lumiere-dpi", "chu-lumiere-labo", "sys-0123"]),
        ({"organizations": ["organizations/1"]},
         ["chu-lumiere-dpi", "chu-lumiere-labo", "sys-0123"]),
        ({"folders": ["8"]}, ["chu-lumiere-labo"]),
        ({"projects": ["chu-lumiere-labo"]}, ["chu-lumiere-labo"]),
        ({"folders": ["8"], "projects": ["sys-0123"]}, ["chu-lumiere-labo", "sys-0123"]),
    ],
)  # fmt: skip
def test_the_settings_choose(fake, settings, scopes):
    assert found(with_settings(fake, **settings))[0] == scopes


def test_where_the_inventory_refuses_the_folders_are_walked():
    denied = Weather(denied=["organizations/1:search"])
    with GoogleFake(ESTATE, denied) as fake:
        scopes, gaps = found(with_settings(fake, organizations=["1"]))
    assert scopes == ["chu-lumiere-dpi", "chu-lumiere-labo", "sys-0123"]
    assert gaps == {"chu-lumiere-ancien": Reason.SUSPENDED}


def test_a_folder_that_refuses_is_a_gap():
    denied = Weather(denied=["organizations/1:search", "folders/7"])
    with GoogleFake(ESTATE, denied) as fake:
        scopes, gaps = found(with_settings(fake, organizations=["1"]))
    assert scopes == ["sys-0123"]
    assert gaps["folders/7"] is Reason.DENIED


def test_a_project_of_the_settings_that_is_not_there_is_a_gap(fake):
    scopes, gaps = found(with_settings(fake, projects=["chu-lumiere-dpi", "elsewhere"]))
    assert scopes == ["chu-lumiere-dpi"]
    assert gaps == {"elsewhere": Reason.GONE}


def test_a_project_that_only_the_inventory_sees_is_in_scope():
    with GoogleFake(ESTATE, Weather(hidden=["chu-lumiere-labo"])) as fake:
        assert "chu-lumiere-labo" in found(connect(fake.settings))[0]


def test_whether_all_is_visible_is_told_where_nobody_says():
    weather = Weather(hidden=["chu-lumiere-labo"], denied=["organizations/1:search"])
    with GoogleFake(ESTATE, weather) as fake:
        scopes, gaps = found(connect(fake.settings))
    assert "chu-lumiere-labo" not in scopes
    assert gaps["organizations/1"] is Reason.DENIED


def test_seeing_nothing_is_a_gap():
    with GoogleFake(Estate(organizations=())) as fake:
        assert found(connect(fake.settings)) == ([], {"": Reason.DENIED})


def test_projects_are_listed_page_by_page():
    many = [Project(f"p-{n:04}", str(1000 + n)) for n in range(1203)]
    with GoogleFake(Estate(projects=many)) as fake:
        google = connect(fake.settings)
        assert len(found(google)[0]) == 1203
        assert list(google.regions(google._projects.scope("p-0000"))) == []


# ---------------------------------------------------------------------- asking


def test_objects_are_listed_and_read_in_part():
    name = "dossiers/été 1.txt"
    answers = {
        "storage:b/images/o": {"items": [{"name": name, "size": "10", "storageClass": "NEARLINE"}]},
        f"storage:b/images/o/{name}": b"0123456789",
    }
    with GoogleFake(Estate(answers=answers)) as fake:
        opened = objects(connect(fake.settings), "images", "dossiers/")
        assert [(o.key, o.size) for o in opened.objects()] == [(name, 10)]
        assert opened.fetch(name, 2, 3) == b"234"
        with pytest.raises(ApiError, match="NOT_FOUND"):
            opened.fetch("dossiers/none", 0, 3)
        assert fake.refused == []


def test_asks_one_question(fake):
    assert asked(connect(fake.settings), "storage:buckets.get", bucket="images") == BUCKET


def test_pages_follow_each_other(fake):
    google, rows = connect(fake.settings), []
    params = {"parent": "projects/chu-lumiere-dpi/locations/-", "pageSize": 2}
    pages = 0
    while params is not None:
        answer = asked(google, "healthcare:projects.locations.datasets.list", **params)
        rows += answer["datasets"]
        params = google.next_page("healthcare", "x", params, answer)
        pages += 1
    assert (pages, len(rows)) == (3, 5)


def test_locations_that_did_not_answer_are_a_gap_after_the_rows(fake):
    google, params = connect(fake.settings), {"parent": "projects/p/locations/-"}
    answer = asked(google, "file:projects.locations.instances.list", **params)
    assert answer["instances"]
    following = google.next_page("file", "projects.locations.instances.list", params, answer)
    with pytest.raises(ApiError, match="some locations") as caught:
        asked(google, "file:projects.locations.instances.list", **following)
    assert caught.value.reason is Reason.UNREACHABLE
    assert not caught.value.again


def test_what_is_cut_on_an_earlier_page_is_told_after_the_last():
    google = connect({})
    first = google.next_page("x", "y", {}, {"nextPageToken": "2", "unreachable": ["l"]})
    last = google.next_page("x", "y", first, {})
    assert first["pageToken"] == "2"
    assert "pageToken" not in last
    with pytest.raises(ApiError, match="some locations"):
        asked(google, "x:y", **last)


def test_a_page_that_leads_to_itself_is_the_last():
    google = connect({})
    assert google.next_page("x", "y", {"pageToken": "2"}, {"nextPageToken": "2"}) is None


def test_a_token_that_is_refused_is_taken_anew():
    with GoogleFake(ESTATE, Weather(expire_after=3)) as fake:
        google = connect(fake.settings)
        for _ in range(3):
            asked(google, "storage:buckets.get", bucket="images")
        with pytest.raises(ApiError) as caught:
            asked(google, "storage:buckets.get", bucket="images")
        assert (caught.value.reason, caught.value.again) == (Reason.EXPIRED, True)
        assert asked(google, "storage:buckets.get", bucket="images") == BUCKET
        assert fake.tokens.given == 2


def test_one_thread_takes_the_token_for_all():
    with GoogleFake(ESTATE, Weather(latency=0.01)) as fake:
        google = connect(fake.settings)
        gate = threading.Barrier(8)

        def ask(_):
            gate.wait()
            return asked(google, "storage:buckets.get", bucket="images")

        with ThreadPoolExecutor(8) as pool:
            assert list(pool.map(ask, range(8))) == [BUCKET] * 8
        assert fake.tokens.given == 1


def test_credentials_that_end_in_mid_survey_are_asked_once_more_and_no_more():
    with GoogleFake(ESTATE, Weather(expire_after=1)) as fake:
        google = connect(fake.settings)
        asked(google, "storage:buckets.get", bucket="images")
        fake.tokens.refusing = True
        told = []
        for _ in range(4):
            with pytest.raises(ApiError) as caught:
                asked(google, "storage:buckets.get", bucket="images")
            told.append((caught.value.reason, caught.value.again))
        assert told == [(Reason.EXPIRED, True)] + [(Reason.EXPIRED, False)] * 3


def test_an_interface_that_is_not_enabled_is_no_empty_answer():
    operation = "healthcare:projects.locations.datasets.list"
    with GoogleFake(ESTATE, Weather(disabled=["healthcare"])) as fake:
        google = connect(fake.settings)
        with pytest.raises(ApiError) as caught:
            asked(google, operation, parent="projects/chu-lumiere-dpi/locations/-")
    assert (caught.value.reason, caught.value.code) == (Reason.NOT_ENABLED, "SERVICE_DISABLED")


def test_a_server_that_is_not_there_is_unreachable(fake):
    google = with_settings(fake)
    google._endpoints["storage"] = "https://127.0.0.1:9"
    with pytest.raises(ApiError) as caught:
        asked(google, "storage:buckets.get", bucket="images")
    assert (caught.value.reason, caught.value.again) == (Reason.UNREACHABLE, True)


def test_a_password_of_a_netrc_file_is_not_sent_in_place_of_the_token(fake, tmp_path, monkeypatch):
    netrc = tmp_path / "netrc"
    netrc.write_text("machine 127.0.0.1 login a password b")
    monkeypatch.setenv("NETRC", str(netrc))
    assert asked(connect(fake.settings), "storage:buckets.get", bucket="images") == BUCKET


def test_a_token_does_not_follow_where_an_answer_leads():
    seen = []

    def lead_away(request):
        seen.append(request.path)
        return Reply({}, 302, {"Location": "/elsewhere"})

    # in such a universe a service account signs for itself: no other server is needed
    with GoogleFake(ESTATE, universe="s3nsapis.fr") as fake, HttpsServer(lead_away) as other:
        endpoints = {**fake.settings["endpoints"], "storage": other.url}
        google = with_settings(fake, ca=other.ca, endpoints=endpoints)
        with pytest.raises(ApiError, match="302"):
            asked(google, "storage:buckets.get", bucket="images")
    assert seen == ["/storage/v1/b/images"]


def test_nothing_but_reads_was_asked(fake):
    assert fake.asked
    assert fake.refused == []


def test_the_fake_refuses_what_is_no_read(fake):
    import requests

    url = fake.settings["endpoints"]["storage"] + "/storage/v1/b/images"
    assert requests.delete(url, verify=fake.settings["ca"], timeout=5).status_code == 405
    assert fake.refused.pop() == "DELETE /storage/storage/v1/b/images"
