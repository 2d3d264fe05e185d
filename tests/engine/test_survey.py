"""Every question fails alone, no question is asked twice, and nothing opened is left untold."""

from dataclasses import replace

import pytest

from auditor.declare import GIB, Ask, Copies, Listing, Policy, Ref, Size, StoreType, Text
from auditor.errors import ApiError
from auditor.model import Category, CoverageState, Reason, Role, Unknown
from auditor.survey import Survey
from tests.engine.clouds import HERE, Cloud, Kept

_about = Ask("toy:About", {"Name": "Name"}, absent=("NoSuchThing",))
_key = Ask("toy:Key", {"Id": "id"})

THING = StoreType(
    "toy.thing",
    Category.OBJECT,
    Listing("toy:List", items="Things[]"),
    id=Text("toy:{account}:{region}:{Name}"),
    source="https://example.org/things",
    label="Name",
    bytes=Size("Gib", GIB),
    tags=_about["Tags"],
    encrypted=_about["Sealed"],
    key=Ref("toy.key", _about["Key"]),
    copies=(Copies(items=_about["Copies"], role=Role.REPLICA, id="Id", region="Region"),),
    shares=(Policy(Ask("toy:Policy", {"Name": "Name"})["Policy"]),),
)
KEY = StoreType(
    "toy.key",
    Category.KEY,
    None,
    id=(_key["Arn"], "id"),
    source="https://example.org/keys",
    facts={"manager": _key["Manager"]},
)
TYPES = {t.name: t for t in (THING, KEY)}


def survey(cloud, types=TYPES, attempts=3):
    sink = Kept()
    Survey(cloud, sink, types, keep=lambda _, value: value, threads=8, attempts=attempts).run(
        (HERE, kind) for kind in types.values()
    )
    return sink


def things(*names):
    return {"Things": [{"Name": n, "Gib": 2} for n in names]}


ABOUT = {
    "Tags": {"team": "a"},
    "Sealed": True,
    "Key": "arn:toy:key/1",
    "Copies": [{"Id": "x", "Region": "south"}],
}
GOOD = {
    "toy:List": things("a", "b", "c"),
    "toy:About": ABOUT,
    "toy:Policy": {"Policy": '{"Statement": []}'},
    "toy:Key": {"Arn": "arn:toy:key/1", "Manager": "customer"},
}


def test_reads_every_attribute():
    sink = survey(Cloud(GOOD))
    first = min(sink.stores, key=lambda s: s.id)
    assert first.id == "toy:111111111111:north:a"
    assert (first.bytes, first.encrypted, first.key) == (2 * GIB, True, "arn:toy:key/1")
    assert first.tags == {"team": "a"}
    assert [(c.id, c.region, c.role) for c in first.copies] == [("x", "south", Role.REPLICA)]
    assert sink.coverage[f"{HERE} toy.thing"].state is CoverageState.READ


def test_a_key_is_in_the_account_that_it_says_whoever_asks_first():
    key = replace(KEY, facts={**KEY.facts, "owner": _key["Owner"]})
    told = {"Arn": "arn:toy:key/1", "Manager": "customer", "Owner": "999999999999"}
    sink = survey(Cloud({**GOOD, "toy:Key": told}), {**TYPES, KEY.name: key})
    (subject,) = sink.subjects.values()
    assert (subject.account, subject.account_name) == ("999999999999", "")
    (subject,) = survey(Cloud(GOOD)).subjects.values()
    assert subject.account == HERE.account


def test_no_question_is_asked_twice():
    cloud = Cloud(GOOD)
    survey(cloud)
    assert set(cloud.asked.values()) == {1}
    assert sum(name.startswith("toy:Key") for name in cloud.asked) == 1


def test_a_refused_question_fails_alone():
    def refused(params, region, count):
        return ApiError(Reason.DENIED, "toy:About: No") if params["Name"] == "b" else ABOUT

    sink = survey(Cloud({**GOOD, "toy:About": refused}))
    by_name = {s.name: s for s in sink.stores}
    assert set(by_name) == {"a", "b", "c"}
    why = Unknown(Reason.DENIED, "toy:About: No")
    assert (by_name["b"].tags, by_name["b"].encrypted, by_name["b"].copies) == (why, why, (why,))
    assert by_name["a"].encrypted is True
    coverage = sink.coverage[f"{HERE} toy.thing"]
    assert (coverage.state, coverage.gaps, coverage.stores) == (CoverageState.PARTIAL, (why,), 3)


def test_what_means_there_is_none_is_an_answer():
    none = ApiError(Reason.FAILED, "toy:About: NoSuchThing", code="NoSuchThing")
    sink = survey(Cloud({**GOOD, "toy:About": none}))
    assert all(s.tags == {} and s.copies == () and s.key == "" for s in sink.stores)
    assert all(s.encrypted == Unknown(Reason.UNTOLD, "encrypted") for s in sink.stores)
    assert sink.coverage[f"{HERE} toy.thing"].state is CoverageState.READ


@pytest.mark.parametrize(
    ("error", "region", "state"),
    [
        (ApiError(Reason.DENIED, "no"), "north", CoverageState.UNREAD),
        (ApiError(Reason.UNSUPPORTED, "no"), "north", CoverageState.UNREAD),
        (ApiError(Reason.UNSUPPORTED, "no"), "south", CoverageState.NOT_OFFERED),
        (ApiError(Reason.UNREACHABLE, "no", again=True), "north", CoverageState.UNREAD),
    ],
)
def test_a_listing_that_fails_is_a_gap(error, region, state):
    sink = Kept()
    scope = replace(HERE, region=region)
    engine = Survey(
        Cloud({"toy:List": error}), sink, TYPES, keep=lambda _, v: v, threads=2, attempts=2
    )
    engine.run([(scope, THING)])
    assert sink.coverage[f"{scope} toy.thing"].state is state


def test_a_listing_cut_in_its_middle_keeps_what_came():
    def paged(params, region, count):
        return ApiError(Reason.DENIED, "no") if "token" in params else {**things("a"), "token": "2"}

    sink = survey(Cloud({**GOOD, "toy:List": paged}))
    coverage = sink.coverage[f"{HERE} toy.thing"]
    assert [s.name for s in sink.stores] == ["a"]
    assert coverage.state is CoverageState.PARTIAL


def test_passing_faults_and_throttling_change_nothing():
    def sometimes(answer):
        def told(params, region, count):
            if count == 1:
                return ApiError(Reason.MALFORMED, "cut", again=True)
            return ApiError(Reason.THROTTLED, "slow down") if count == 2 else answer

        return told

    flaky = survey(Cloud({name: sometimes(answer) for name, answer in GOOD.items()}))
    calm = survey(Cloud(GOOD))
    without_time = [
        sorted((replace(s, collected="") for s in sink.stores), key=lambda s: s.id)
        for sink in (flaky, calm)
    ]
    assert without_time[0] == without_time[1]
    assert flaky.coverage == calm.coverage


def test_a_key_that_cannot_be_read_is_told_as_such():
    denied = ApiError(Reason.DENIED, "toy:Key: No")
    sink = survey(Cloud({**GOOD, "toy:Key": denied}))
    (subject,) = sink.subjects.values()
    assert subject.id == "arn:toy:key/1"
    assert subject.facts["manager"] == Unknown(Reason.DENIED, "toy:Key: No")


def test_a_defect_of_ours_is_raised_and_not_swallowed():
    def broken(params, region, count):
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        survey(Cloud({**GOOD, "toy:About": broken}))


def test_children_are_listed_per_parent():
    kind = StoreType(
        "toy.point",
        Category.BACKUP,
        Listing(
            "toy:Vaults",
            items="Vaults[]",
            each=Listing("toy:Points", items="Points[]", params={"Vault": "Name"}),
        ),
        id=Text("{parent.Name}/{value}"),
        source="https://example.org",
    )
    answers = {
        "toy:Vaults": {"Vaults": [{"Name": "v1"}, {"Name": "v2"}]},
        "toy:Points": lambda params, region, count: {"Points": [params["Vault"] + "-p"]},
    }
    sink = survey(Cloud(answers), {"toy.point": kind})
    assert sorted(s.id for s in sink.stores) == ["v1/v1-p", "v2/v2-p"]
