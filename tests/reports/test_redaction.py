"""What each profile hides is hidden in every format, whatever it is wrapped in; the rest stays."""

from __future__ import annotations

import html
import io
import json
import re
import typing
import zipfile
import zlib
from base64 import b64decode, b64encode
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import is_dataclass, replace
from functools import cache
from hashlib import md5, sha1, sha256
from importlib import import_module
from importlib.util import find_spec
from typing import Any

import pytest

from auditor import codec, model
from auditor.judge import uid
from auditor.redacting import PROFILES, naming, redacted
from auditor.redacting.fields import CNIL, How
from auditor.redacting.names import Names
from auditor.redacting.telling import Teller
from auditor.report import Report
from auditor.words import Words

from . import canaries
from .canaries import CONTROLLER, FINDINGS, MARK, PEOPLE, STORES
from .golden import LANGUAGES, formats, renderers

LESS = [profile for profile in PROFILES if profile != "internal"]
FORMATS = pytest.mark.parametrize("name", formats())
BOTH = pytest.mark.parametrize("lang", LANGUAGES)
HIDING = pytest.mark.parametrize("profile", LESS)
_KNOWN = ("s3:GetBucketLocation", "aws.s3.bucket")
_PACKED = re.compile(rb"[A-Za-z0-9+/]{40,}={0,2}")


def less(profile: str, lang: str = "en") -> Report:
    return redacted(canaries.report(), profile, Words(lang), _KNOWN)


@cache
def rendered(name: str, profile: str, lang: str = "en") -> bytes:
    made = renderers()[name].render(less(profile, lang), Words(lang))
    return made if isinstance(made, bytes) else b"".join(made)


# ---------------------------------------------------------------------- looking inside


def unfolded(document: bytes) -> bytes:
    """All that a document says, out of whatever it is packed in."""
    return b"\n".join(_opened(document, 0))


def _opened(data: bytes, depth: int) -> Iterator[bytes]:
    yield data
    if depth > 3:
        return
    if data[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(data)) as pack:
            for member in pack.infolist():
                yield member.filename.encode() + member.comment
                yield from _opened(pack.read(member), depth + 1)
    elif data[:4] == b"%PDF":
        yield from _of_pdf(data)
    else:
        inflated = _inflated(data)
        if inflated:
            yield from _opened(inflated, depth + 1)
        for packed in _PACKED.findall(data):
            yield from _opened(b64decode(packed[: len(packed) // 4 * 4]), depth + 1)
        text = html.unescape(re.sub("<[^>]*>", "", data.decode("utf-8", "ignore")))
        yield re.sub("[\u00ad\u200b\u2060]", "", text).encode()


def _inflated(data: bytes) -> bytes:
    for window in (zlib.MAX_WBITS | 32, -zlib.MAX_WBITS):
        try:
            found = zlib.decompressobj(window).decompress(data)
        except zlib.error:
            continue
        if found:
            return found
    return b""


def _of_pdf(data: bytes) -> Iterator[bytes]:
    """Every stream of a PDF, attachments among them, and the text of its pages if one can."""
    pikepdf = pytest.importorskip("pikepdf")
    with pikepdf.open(io.BytesIO(data)) as file:
        for one in file.objects:
            if isinstance(one, pikepdf.Stream):
                yield one.read_bytes(pikepdf.StreamDecodeLevel.all) if _plain(one) else b""
            yield repr(one).encode()
    if find_spec("pypdfium2") is None:
        return
    reader: Any = import_module("pypdfium2")
    for page in reader.PdfDocument(data):
        yield page.get_textpage().get_text_bounded().replace("\ufffe", "").encode()


def _plain(stream: Any) -> bool:
    return str(stream.get("/Filter", "")) not in ("/DCTDecode", "/JPXDecode")


def _guesses(identity: str) -> Iterator[bytes]:
    """An identity, and what somebody who guesses it would recognise it by."""
    raw = identity.encode()
    yield raw.lower()
    yield raw.hex().encode()
    yield b64encode(raw).rstrip(b"=").lower()
    for digest in (sha256, sha1, md5):
        made = digest(raw)
        yield made.hexdigest()[:16].encode()
        yield b64encode(made.digest())[:16].lower()


def _texts(value: Any) -> Iterator[str]:
    """Every text of some JSON."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, one in value.items():
            yield key
            yield from _texts(one)
    elif isinstance(value, list):
        for one in value:
            yield from _texts(one)


@cache
def identities() -> frozenset[str]:
    """Every text of the run with the mark of a canary in it, and the names of the findings."""
    said = set(_texts(everything(canaries.report())))
    marked = {part for text in said if MARK in text for part in (text, *text.split())}
    return frozenset({one for one in marked if MARK in one})


def everything(report: Report) -> Any:
    """All that a format may look at."""
    return codec.to_json({
        "header": report.header, "summary": report.summary, "dossier": report.dossier,
        "stores": list(report.stores()), "findings": list(report.findings()),
        "tallied": list(report.tallied()), "coverage": list(report.coverage()),
        "plan": report.plan(), "alignment": report.alignment(), "changes": report.changes(),
        "history": report.history(), "run": report.run.header if profile_of(report) == "" else {},
    } | {"judged": list(report.judgement.judged())})  # fmt: skip


def profile_of(report: Report) -> str:
    return str(report.options.get("redaction", "internal"))


def leaks(document: bytes) -> set[str]:
    """The identities that a document lets one know or guess."""
    text = unfolded(document).lower()
    uids = {f.uid for f in FINDINGS} | {
        uid(rule, s.id) for s in STORES for rule in ("RES001", "KEY001", "law", "said")
    }
    found = {name for name in identities() if any(g in text for g in _guesses(name))}
    return found | {one for one in uids if one.encode() in text} | ({MARK} & _in(text))


def _in(text: bytes) -> set[str]:
    return {MARK} if MARK.encode() in text else set()


# ---------------------------------------------------------------------- nothing is let out


@HIDING
@BOTH
@FORMATS
def test_no_identity_is_let_out(name: str, lang: str, profile: str) -> None:
    assert not leaks(rendered(name, profile, lang))


@HIDING
def test_no_format_could_let_one_out(profile: str) -> None:
    assert not leaks(json.dumps(everything(less(profile))).encode())


@FORMATS
def test_the_canaries_are_heard_where_nothing_is_hidden(name: str) -> None:
    if name not in ("text", "terminal", "openmetrics"):  # they name few stores, or none
        assert leaks(rendered(name, "internal"))


@FORMATS
def test_in_public_nobody_is_named_but_the_controller(name: str) -> None:
    text = unfolded(rendered(name, "public"))
    assert not [person for person in PEOPLE.values() if person.encode() in text]


def test_no_report_could_name_them_in_public() -> None:
    report = less("public")
    said = json.dumps(everything(report), ensure_ascii=False)
    assert not [person for person in PEOPLE.values() if person in said]
    assert CONTROLLER in said
    assert not list(report.stores())
    for finding in report.findings():  # a sort of them, and of how many it is
        assert (finding.account, finding.because, finding.treatments) == ("", (), ())
        assert re.fullmatch(r"data stores: \d+|", finding.store)
        assert re.fullmatch(r"[a-z]+:× \d+|", finding.subject)


_WATCHED = [
    (kind, name)
    for kind, of in CNIL.items()
    for name, how in of.items()
    if how not in (How.KEEP, How.TEXT)
    and (kind, name) not in {(model.Finding, "uid"), (model.Finding, "because"),
                             (model.Judged, "findings")}
]  # fmt: skip


@pytest.mark.parametrize(("kind", "name"), _WATCHED, ids=lambda v: getattr(v, "__name__", v))
def test_a_field_left_as_it_is_would_be_heard(
    kind: type, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Break it, field by field: a canary stands in every one of them."""
    broken = {**CNIL, kind: {**CNIL[kind], name: How.KEEP}}
    monkeypatch.setattr(naming, "CNIL", broken)
    assert leaks(json.dumps(everything(less("cnil"))).encode())


# ---------------------------------------------------------------------- nothing is forgotten

_STAYS = {  # texts that name nobody, or whom the document must name
    "Aligned": "item treatment rules attestations expired",
    "Alignment": "edition dossier",
    "Approved": "id plan",
    "Assessment": "id",
    "Attestation": "id",
    "Candidate": "offer product compatibility regions excluded secnumcloud_scope hds_scope note "
                 "facts",
    "Contract": "id",
    "Controller": "name capacity contact",
    "Copy": "region",
    "Coverage": "kind",
    "DataStore": "kind partition region created collected",
    "Document": "status",
    "Dossier": "digest",
    "Evidence": "detector axis family",
    "Exempt": "id",
    "Finding": "rule kind region treatments waiver",
    "Group": "id name schemes",
    "Health": "conflict",
    "Holding": "id",
    "Judged": "offer met not_applicable on_own_facts treatments",
    "KeyCustody": "region",
    "Limit": "origin",
    "Milestone": "owner",
    "Officer": "name contact",
    "Outsider": "id",
    "Place": "country region facts",
    "Plan": "version edition dossier",
    "Price": "facts",
    "Route": "kind",
    "Scope": "provider partition region",
    "Share": "via",
    "Signal": "detector",
    "Slip": "version",
    "Step": "id offer service region owner after asked",
    "Target": "id",
    "Treatment": "id",
    "Version": "id",
    "Waiver": "id",
}  # fmt: skip
_BY_PEOPLE = {How.TEXT}  # of which only the identities of the run are replaced


def _holds(hint: Any) -> bool:
    """Whether a field can hold a text itself, or several."""
    if hint is str:
        return True
    origin, inner = typing.get_origin(hint), typing.get_args(hint)
    return any(map(_holds, inner[1:] if origin is Mapping else inner))


def _reached(kind: Any, seen: set[type]) -> set[type]:
    """Every noun that a report can hand out."""
    for inner in typing.get_args(kind):
        _reached(inner, seen)
    if isinstance(kind, type) and is_dataclass(kind) and kind not in seen:
        seen.add(kind)
        for hint in typing.get_type_hints(kind).values():
            _reached(hint, seen)
    return seen


def _nouns() -> list[type]:
    roots = (model.DataStore, model.Judged, model.Finding, model.Coverage, model.Alignment,
             model.Plan, model.Dossier)  # fmt: skip
    seen: set[type] = set()
    for root in roots:
        _reached(root, seen)
    return sorted(seen - {model.Because}, key=lambda k: k.__name__)


@pytest.mark.parametrize("kind", _nouns(), ids=lambda kind: kind.__name__)
def test_every_text_of_every_noun_is_decided(kind: type) -> None:
    """A field that is new is hidden until it is decided; one that stays, stays on purpose."""
    hints = typing.get_type_hints(kind)
    texts = {name for name, hint in hints.items() if _holds(hint)}
    decided = CNIL.get(kind, {})
    assert texts <= set(decided)
    stays = {name for name in texts if decided[name] is How.KEEP}
    assert stays == set(_STAYS.get(kind.__name__, "").split())


def test_what_is_not_decided_is_hidden() -> None:
    words = Words("en")
    tell = Teller(Names(words, canaries.facts()), {}, canaries.facts())
    scope = tell(canaries.UNIT)
    assert {scope.account, scope.region, scope.account_name} == {words("hidden")}


def test_a_reason_that_is_not_ours_says_no_more_than_its_code() -> None:
    words = Words("en")
    tell = Teller(Names(words, canaries.facts()), CNIL, canaries.facts())
    reason = tell(model.Because(code="theirs", values={"thing": "patients", "empty": ""}))
    assert reason.values == {"thing": words("hidden"), "empty": ""}


# ---------------------------------------------------------------------- what stays


def test_whoever_answers_is_named_to_the_cnil() -> None:
    dossier = less("cnil").dossier
    assert dossier is not None
    assert dossier.controller == canaries.DOSSIER.controller
    assert dossier.dpo == canaries.DOSSIER.dpo
    for kept in ("attestations", "waivers", "versions", "contracts"):
        before, after = getattr(canaries.DOSSIER, kept), getattr(dossier, kept)
        assert set(before) == set(after)
        for id, entry in before.items():
            for field in ("who", "role", "approver", "party", "document", "until", "answer"):
                assert getattr(entry, field, None) == getattr(after[id], field, None)


@FORMATS
@BOTH
def test_people_that_a_format_names_it_names_to_the_cnil(name: str, lang: str) -> None:
    whole, told_less = (unfolded(rendered(name, p, lang)) for p in ("internal", "cnil"))
    for person in (CONTROLLER, *PEOPLE.values()):
        assert (person.encode() in told_less) >= (person.encode() in whole)


def test_places_kinds_and_volumes_stay() -> None:
    for before, (store, judged) in zip(STORES, less("cnil").stores(), strict=True):
        assert store.kind == before.kind
        assert store.bytes == before.bytes or isinstance(before.bytes, model.Unknown)
        assert isinstance(before.region, model.Unknown) or store.region == before.region
        assert [p.country for p in judged.places if isinstance(p, model.Place)] == ["FR"]
    first = next(less("cnil").run.stores())
    assert first.tags == {"data-class": "sante"}
    denied = first.facts["why"]
    assert denied == model.Unknown(model.Reason.DENIED, "s3:GetBucketLocation")


# ---------------------------------------------------------------------- pseudonyms


def test_one_identity_has_one_pseudonym_everywhere() -> None:
    report = less("cnil")
    stores, found = list(report.stores()), list(report.findings())
    (one, judged), (two, _), (three, _) = stores
    assert [s.id for s, _ in stores] == ["data store 1", "data store 2", "data store 3"]
    assert found[0].store == judged.store == three.origin == one.id
    assert found[0].account == one.account == "account 1"
    assert isinstance(one.copies[0], model.Copy)
    assert (one.copies[0].id, one.copies[0].account) == (two.id, two.account)
    assert one.key == judged.custody.key == three.key == "key 1"
    details = [b.values["detail"] for b in found[0].because if b.code == "unknown"][1:]
    origin = one.origin
    assert details[:4] == [one.id, one.account, one.key, origin]
    assert details[4] == f"account {one.shares[0].account}"  # type: ignore[union-attr]
    assert judged.findings == ("RES001-1", "KEY001-1") == (found[0].uid, found[3].uid)
    assert [f.subject for f in found[6:8]] == [
        "unit:aws/account 1/eu-west-3 aws.s3.bucket", "unit:hidden aws.s3.bucket",
    ]  # fmt: skip
    alignment, plan, dossier = report.alignment(), report.plan(), report.dossier
    assert alignment is not None
    assert alignment.items[0].unread[1].detail == one.id
    assert plan is not None
    assert [g.name for g in plan.groups] == [PEOPLE["treatment"], "group 2", "account 1", "group 4"]
    assert dossier is not None
    assert dossier.waivers["w1"].why == (
        f"Voir {one.id}, {one.key} et « {origin} » du compte {one.account}."
    )


def test_a_name_that_two_stores_share_is_neither() -> None:
    names = Names(Words("en"), canaries.facts())
    for id in ("a:1", "b:2"):
        names.add("store", id)
        names.also(id, ("patients",))
    assert names.of("patients") is None
    assert names.of("b:2") == "data store 2"


@HIDING
@FORMATS
def test_pseudonyms_do_not_depend_on_who_asks(name: str, profile: str) -> None:
    """The same bytes twice, and after another format was made of the same report."""
    report, words = less(profile), Words("en")
    for other in formats():
        made = renderers()[other].render(report, words)
        _ = made if isinstance(made, bytes) else b"".join(made)
    again = renderers()[name].render(report, words)
    whole = again if isinstance(again, bytes) else b"".join(again)
    assert whole == rendered(name, profile)


# ---------------------------------------------------------------------- counts


@HIDING
def test_counts_are_the_same(profile: str) -> None:
    whole, told_less = less("internal"), less(profile)
    assert replace(told_less.summary, treatments={}, dossier="") == replace(
        whole.summary, treatments={}, dossier=""
    )
    assert sorted(told_less.summary.treatments.values()) == [1, 2]
    assert _counted(told_less) == _counted(whole)
    assert _units(told_less.coverage()) == _units(whole.coverage())
    plans = told_less.plan(), whole.plan()
    assert [g.seen for g in plans[0].groups] == [g.seen for g in plans[1].groups]  # type: ignore[union-attr]
    assert told_less.history() == whole.history()


@HIDING
def test_every_format_that_counts_findings_counts_them_all(profile: str) -> None:
    """A profile that tells less never looks like an estate in which less was found."""
    lines = [
        [line for line in rendered("openmetrics", name).decode().splitlines()
         if line.startswith("auditor_findings{")]
        for name in ("internal", profile)
    ]  # fmt: skip
    assert lines[0] == lines[1]
    assert any(not line.endswith(" 0") for line in lines[1])
    for name in ("csv", "csv-fr", "junit", "jsonl", "json", "flat", "xlsx", "html", "md"):
        assert b"KEY001" in unfolded(rendered(name, profile)), name
    assert rendered("junit", profile).count(b"<failure") > 0


def _counted(report: Report) -> dict[Any, int]:
    found: dict[Any, int] = {}
    for f, n in report.tallied():
        key = (f.rule, f.severity, f.outcome, f.health, bool(f.waiver))
        found[key] = found.get(key, 0) + n
    return found


def _units(coverage: Iterable[model.Coverage]) -> Any:
    units = list(coverage)
    accounts = len({(u.scope.partition, u.scope.account) for u in units})
    return accounts, [(u.kind, u.state, u.stores, len(u.gaps), u.scope.region) for u in units]


def test_the_profile_is_told() -> None:
    for profile in PROFILES:
        assert profile_of(less(profile)) == profile


def test_a_report_with_nothing_in_it() -> None:
    held: Any = _Nothing()
    bare = replace(canaries.report(), run=held, judgement=held, dossier=None)
    for profile in PROFILES:
        report = redacted(bare, profile, Words("fr"))
        assert report.plan() is None
        assert report.alignment() is None
        assert not list(report.tallied())


class _Nothing(canaries.Kept):
    def stores(self) -> Iterator[model.DataStore]:
        return iter(())

    def judged(self) -> Iterator[model.Judged]:
        return iter(())

    def findings(self) -> Iterator[model.Finding]:
        return iter(())

    def coverage(self) -> Iterator[model.Coverage]:
        return iter(())

    def alignment(self) -> model.Alignment | None:
        return None

    def plan(self) -> model.Plan | None:
        return None
