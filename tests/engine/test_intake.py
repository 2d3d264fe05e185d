"""What an inventory lists is dealt out to its units; what it leaves out is never "none"."""

import threading
from collections import Counter
from dataclasses import replace

import pytest

from auditor.declare import Ask, Copies, Folded, Listing, Paired, Ref, Row, StoreType, Text
from auditor.errors import ApiError
from auditor.forms import told_by
from auditor.model import Category, CoverageState, Reason, Role, Scope, Unknown
from auditor.plugin import Inventory
from auditor.sdk import Inquiry
from auditor.survey import Survey
from tests.engine.clouds import Cloud, Kept

LIST = Inventory(items="data", type="type", account="account", total="total")
ONE, TWO = (Scope(provider="toy", partition="toy", account=name) for name in ("one", "two"))
DISK = StoreType(
    "toy.disk.disk",
    Category.BLOCK,
    None,
    id="id",
    source="https://example.org/disks",
    row="Toy/Disks",
    needs=("properties.copies",),
    whole=Ask("toy:Get", {"path": "id"}),
    region=Folded("location"),
    copies=(Copies(items="properties.copies[]", role=Role.BACKUP, region=Paired("@")),),
    key=Ref("toy.key", "properties.key"),
    rows=(Row("written", "toy_disk", {"id": "name", "region": "place"}),),
)
BOX = StoreType(
    "toy.disk.box",
    Category.FILE,
    Listing("toy:Boxes", "value", {"path": Text("{id}/boxes")}, of="toy/disks"),
    id="id",
    source="https://example.org/boxes",
    region="parent.location",
)
TYPES = {t.name: t for t in (DISK, BOX)}


class Stock(Cloud):
    """A cloud with an inventory: one question for each of two accounts, or for both."""

    def __init__(self, answers, groups=(("one", "two"),)):
        super().__init__({"toy:Boxes": {"value": []}, **answers})
        self._groups = groups

    def inventory(self, accounts, rows):
        assert [row.lower() for row in rows] in (["toy/disks"], ["toy_disk"])
        return [Inquiry(accounts[0], "toy:Query", {"of": group}, group) for group in self._groups]


def disk(name, account="one", **more):
    return {"id": name, "type": "toy/DISKS", "account": account, "location": "North West",
            "properties": {"copies": ["north"]}, **more}  # fmt: skip


def survey(cloud, scopes=(ONE, TWO), types=TYPES):
    sink = Kept()
    engine = Survey(cloud, sink, types, keep=lambda _, v: v, threads=4, attempts=2, inventory=LIST)
    engine.run((scope, kind) for kind in types.values() for scope in scopes)
    return sink


def states(sink):
    return {unit: (c.state, c.stores) for unit, c in sink.coverage.items()}


def test_rows_reach_their_units_and_the_others_are_empty():
    pages = {"data": [disk("a"), disk("b", "TWO")], "token": "2"}

    def asked(params, region, count):
        return {"data": [disk("c")], "total": 3} if "token" in params else pages

    boxes = {"value": [{"id": "a/boxes/1"}]}
    sink = survey(Stock({"toy:Query": asked, "toy:Boxes": boxes}))
    assert states(sink) == {
        "toy/one toy.disk.disk": (CoverageState.READ, 2),
        "toy/two toy.disk.disk": (CoverageState.READ, 1),
        "toy/one toy.disk.box": (CoverageState.READ, 2),
        "toy/two toy.disk.box": (CoverageState.READ, 1),
    }
    by_id = {store.id: store for store in sink.stores}
    assert by_id["a"].region == "northwest"
    assert [copy.region for copy in by_id["a"].copies] == ["paired:north"]
    assert by_id["a/boxes/1"].region == "North West"


def test_what_a_row_leaves_out_is_asked_for_and_never_none():
    bare = {**disk("a"), "properties": None}
    whole = {"id": "a", "properties": {"copies": [], "key": "k"}}
    sink = survey(Stock({"toy:Query": {"data": [bare], "total": 1}, "toy:Get": whole}))
    store = next(s for s in sink.stores if s.id == "a")
    assert (store.copies, store.key, store.region) == ((), "k", "northwest")


def test_what_neither_tells_is_unknown():
    bare = {**disk("a"), "properties": None}
    refused = ApiError(Reason.DENIED, "no")
    sink = survey(Stock({"toy:Query": {"data": [bare]}, "toy:Get": refused}))
    store = next(s for s in sink.stores if s.id == "a")
    assert (store.copies, store.key) == ((refused.unknown,), refused.unknown)
    assert sink.coverage["toy/one toy.disk.disk"].state is CoverageState.PARTIAL
    sink = survey(Stock({"toy:Query": {"data": [bare]}, "toy:Get": {"id": "a"}}))
    assert sink.stores[0].copies == (Unknown(Reason.UNTOLD, "properties.copies"),)


def test_fewer_rows_than_the_total_are_a_gap_of_every_account_asked():
    sink = survey(Stock({"toy:Query": {"data": [disk("a")], "total": 2}}))
    told = states(sink)
    assert told["toy/one toy.disk.disk"] == (CoverageState.PARTIAL, 1)
    assert told["toy/two toy.disk.disk"] == (CoverageState.UNREAD, 0)
    assert "toy:Query: 1 / 2" in str(sink.coverage["toy/two toy.disk.box"].gaps)


def test_a_refusal_touches_only_the_accounts_it_speaks_of():
    def asked(params, region, count):
        one = params["of"] == ("one",)
        return ApiError(Reason.DENIED, "no") if one else {"data": [disk("b", "two")]}

    told = states(survey(Stock({"toy:Query": asked}, (("one",), ("two",)))))
    assert told["toy/one toy.disk.disk"] == (CoverageState.UNREAD, 0)
    assert told["toy/two toy.disk.disk"] == (CoverageState.READ, 1)


def test_an_account_that_nobody_knew_of_is_told():
    sink = survey(Stock({"toy:Query": {"data": [disk("a", "three")], "total": 1}}))
    assert states(sink)["toy/three toy.disk.disk"] == (CoverageState.READ, 1)
    assert next(s.account for s in sink.stores) == "three"


def test_an_account_that_the_inventory_was_not_asked_about_is_unread():
    cloud = Stock({"toy:Query": {"data": []}}, groups=())
    assert set(states(survey(cloud)).values()) == {(CoverageState.UNREAD, 0)}


def test_a_quota_is_waited_for_and_costs_no_patience():
    def asked(params, region, count):
        spent = ApiError(Reason.THROTTLED, "quota", again=True, after=0.001)
        return spent if count < 200 else {"data": [disk("a")], "total": 1}

    assert states(survey(Stock({"toy:Query": asked})))["toy/one toy.disk.disk"][1] == 1


def test_the_next_page_is_on_its_way_while_one_is_dealt_out_and_no_more():
    asked: list[int] = []
    begun: Counter[str] = Counter()  # rows dealt of each page
    at_once: list[int] = []  # pages of which only some rows were
    following, lock = threading.Event(), threading.Lock()

    def page(params, region, count):
        number = int(params.get("token", 1))
        with lock:
            asked.append(number)
        if number == 2:
            following.set()
        more = {"token": str(number + 1)} if number < 9 else {"total": 18}
        return {"data": [disk(f"{number}a"), disk(f"{number}b")], **more}

    class Slow(Kept):
        def write(self, unit, store):
            assert following.wait(10), "the second page waits for the first"
            with lock:
                begun[store.id[0]] += 1
                at_once.append(sum(rows == 1 for rows in begun.values()))
            super().write(unit, store)

    sink = Slow()
    cloud = Stock({"toy:Query": page})
    engine = Survey(cloud, sink, TYPES, keep=lambda _, v: v, threads=8, attempts=2, inventory=LIST)
    engine.run((ONE, kind) for kind in TYPES.values())
    assert asked == list(range(1, 10))
    assert len(sink.stores) == len({store.id for store in sink.stores}) == 18
    assert sink.coverage["toy/one toy.disk.disk"].state is CoverageState.READ
    assert max(at_once) <= 2


def test_what_was_finished_before_is_not_opened_again():
    cloud = Stock({"toy:Query": {"data": [disk("a")], "total": 1}})
    sink = Kept()
    sink.done = frozenset({"toy/one toy.disk.disk"})
    engine = Survey(cloud, sink, TYPES, keep=lambda _, v: v, threads=2, attempts=2, inventory=LIST)
    engine.run((ONE, kind) for kind in TYPES.values())
    assert (sink.stores, set(sink.coverage)) == ([], {"toy/one toy.disk.box"})


def test_an_account_that_was_finished_before_is_no_stranger():
    """An inventory of a whole organisation tells its rows again when a run goes on."""
    rows = [disk("a"), disk("b", "two")]
    sink = Kept()
    sink.done = frozenset(f"toy/one {name}" for name in TYPES)
    cloud = Stock({"toy:Query": {"data": rows, "total": 2}})
    engine = Survey(cloud, sink, TYPES, keep=lambda _, v: v, threads=2, attempts=2, inventory=LIST)
    engine.run((scope, kind) for kind in TYPES.values() for scope in (ONE, TWO))
    assert [store.id for store in sink.stores] == ["b"]
    assert {unit.split()[0] for unit in sink.coverage} == {"toy/two"}


@pytest.mark.parametrize("name", ["copies", "shares"])
def test_what_a_form_does_not_tell_is_unknown(name):
    kind = told_by(DISK, "written")
    assert kind is not None
    rows = [{"name": "a", "place": "north", "type": "toy_disk"}]
    cloud = Stock({"toy:Query": {"data": rows}}, groups=(("one",),))
    (store,) = survey(cloud, (ONE,), {kind.name: kind}).stores
    assert (store.id, store.region) == ("a", "north")
    assert getattr(store, name) == (Unknown(Reason.NOT_ASKED, name),)
    assert store.key == Unknown(Reason.NOT_ASKED, "key")
    assert told_by(DISK, "another") is None
    assert told_by(replace(BOX, row=""), "") is None
