"""SecNumCloud 3.2, 19.6: seat, capital, votes and powers, exactly; the unknown never meets it."""

from datetime import date

import pytest

from auditor.facts import load
from auditor.model import Confidence, Measured

from .days import TODAY, overlay

OFFER = """
[test]
provider = "test"
name = "Test"
contracting = "op"
source = { document = "registers", retrieved = 2024-01-01 }
confidence = "secondary"
"""
SEATS = {"op": "FR", "us": "US", "us2": "US", "us3": "US", "ch": "CH", "no": "NO", "fr": "FR",
         "de": "DE", "hold": "FR", "mid": "DE", "re": "RE"}  # fmt: skip
PEOPLE = {"us", "us2", "us3", "ch", "no", "fr", "de"}
MET, NO, OPEN = Measured.MET, Measured.DEVIATES, Measured.UNDETERMINED
ONE = 'capital = 100, entity = "{}"'


def held(*parts, votes=True, more=""):
    """Owners with their part of the capital, and of the votes unless told otherwise."""
    said = []
    for name, part in parts:
        told = f", votes = {part}" if votes else ""
        said.append(f'{{ entity = "{name}", capital = {part}{told}{more}, source = "r", '
                    'confidence = "secondary" }')  # fmt: skip
    return f"owners = [{', '.join(said)}]\n"


def companies(owners, seats=SEATS, confidence="secondary"):
    text = ""
    for id, seat in seats.items():
        text += f'[{id}]\nname = "{id.upper()}"\n' + (f'seat = "{seat}"\n' if seat else "")
        text += 'kind = "people"\n' if id in PEOPLE else ""
        text += owners.get(id, "") + f'source = "r"\nconfidence = "{confidence}"\n'
    return text + '[sources.r]\ndocument = "registers"\nretrieved = 2024-01-01\n'


def answered(folder, owners, **more):
    overlay(folder, "entities", companies(owners, **more))
    return load([overlay(folder, "offers", OFFER)]).capital_of("test", TODAY)


@pytest.mark.parametrize(
    ("owners", "answer", "alone", "together", "reasons"),
    [
        ({"op": held(("fr", 100))}, MET, 0, 0, ()),
        ({"op": held(("fr", 76), ("us", 24))}, MET, 24, 24, ()),  # not above 24
        ({"op": held(("fr", 75.99), ("us", 24.01))}, NO, 24.01, 24.01, ("alone",)),
        ({"op": held(("fr", 61), ("us", 19.5), ("us2", 19.5))}, MET, 19.5, 39, ()),
        ({"op": held(("fr", 60.9), ("us", 19.5), ("us2", 19.6))}, NO, 19.6, 39.1, ("together",)),
        ({"op": held(("fr", 52), ("us", 24), ("us2", 24))}, NO, 24, 48, ("together",)),
        ({"op": held(("fr", 70), ("ch", 30))}, NO, 30, 30, ("alone",)),  # adequate is not the Union
        ({"op": held(("fr", 70), ("no", 30))}, NO, 30, 30, ("alone",)),  # nor is the Area
        # indirect, by multiplying: 60 % of 40 %; by control: the whole 40 %
        ({"op": held(("hold", 40), ("fr", 60)), "hold": held(("us", 60), ("de", 40))},
         NO, 40, 40, ("alone", "together")),
        # no control: 48 % of 40 % is 19.2 %
        ({"op": held(("hold", 40), ("fr", 60)), "hold": held(("us", 48), ("de", 52))},
         MET, 19.2, 19.2, ()),
        # the same holder on two ways: 20 % itself and half of 20 %
        ({"op": held(("us", 20), ("hold", 20), ("fr", 60)), "hold": held(("us", 50), ("de", 50))},
         NO, 30, 30, ("alone",)),
        # three floors: 50 % of 90 % of 50 %
        ({"op": held(("hold", 50), ("fr", 50)), "hold": held(("mid", 90), ("fr", 10)),
          "mid": held(("us", 50), ("de", 50))}, MET, 22.5, 22.5, ()),
    ],
)  # fmt: skip
def test_caps_are_exact(tmp_path, owners, answer, alone, together, reasons):
    found = answered(tmp_path, owners)
    assert (found.answer, found.reasons) == (answer, reasons)
    assert (found.alone, found.together) == (pytest.approx(alone), pytest.approx(together))


@pytest.mark.parametrize(
    ("owners", "answer", "reasons"),
    [
        ({}, OPEN, ("capital", "votes")),  # nobody knows who holds it
        ({"op": held(("fr", 76))}, MET, ()),  # 24 % unknown cannot exceed either cap
        ({"op": held(("fr", 75))}, OPEN, ("capital", "votes")),  # 25 % unknown could be one holder
        ({"op": held(("fr", 70), ("us", 20))}, OPEN, ("capital", "votes")),  # 20 + 10 unknown
        ({"op": held(("fr", 80), ("us", 14))}, MET, ()),  # 14 + 6 unknown
        ({"op": held(("fr", 100), votes=False)}, MET, ()),  # the whole capital: the whole vote
        ({"op": held(("fr", 80), ("us", 20), votes=False)}, OPEN, ("votes",)),
        ({"op": held(("hold", 100))}, OPEN, ("capital", "votes")),  # who holds the holder?
        ({"op": held(("us", 10), ("fr", 90), more=", veto = true")}, NO, ("veto",)),
        ({"op": held(("us", 10), ("fr", 90), more=", board = true")}, NO, ("board",)),
        ({"op": held(("fr", 100), more=", veto = true")}, MET, ()),  # a veto inside the Union
        # a veto of a holder whose seat, or whose own holders, nobody has read
        ({"op": held(("re", 10), ("fr", 90), more=", veto = true")}, OPEN, ("power",)),
        ({"op": held(("hold", 10), ("fr", 90), more=", board = true")}, OPEN, ("power",)),
        # and of one inside the Union that is itself in hands outside it, or is not
        ({"op": held(("hold", 10), ("fr", 90), more=", veto = true"),
          "hold": held(("us", 60), ("de", 40))}, NO, ("veto",)),
        ({"op": held(("hold", 10), ("fr", 90), more=", veto = true"),
          "hold": held(("us", 40), ("de", 60))}, MET, ()),
        ({"op": held(("fr", 30), ("us", 30))}, NO, ("alone",)),  # unknown or not, one is too many
    ],
)  # fmt: skip
def test_what_is_unknown_is_never_met(tmp_path, owners, answer, reasons):
    found = answered(tmp_path, owners)
    assert (found.answer, found.reasons) == (answer, reasons)


@pytest.mark.parametrize(
    ("more", "answer", "reasons"),
    [
        ("", MET, ()),
        ('administration = "US"\n', NO, ("seat",)),  # seat, administration, establishment: all
        ('main_establishment = "CH"\n', NO, ("seat",)),
        ('administration = "DE"\n', MET, ()),
        ('administration = "RE"\n', OPEN, ("seat_unknown",)),
    ],
)
def test_seat_administration_and_main_establishment_are_cumulative(tmp_path, more, answer, reasons):
    found = answered(tmp_path, {"op": held(("fr", 100)) + more})
    assert (found.answer, found.reasons) == (answer, reasons)


def test_seat_that_was_not_read_or_lies_outside(tmp_path):
    for seat, answer in ((None, OPEN), ("NO", NO), ("CH", NO)):
        found = answered(tmp_path, {"op": held(("fr", 100))}, seats={**SEATS, "op": seat})
        assert found.answer is answer


def test_a_company_whose_holders_were_not_read_is_no_end(tmp_path):
    """A source that ends a chain of control there does not say who holds its capital."""
    found = answered(tmp_path, {"op": held(("hold", 100)), "hold": "ultimate = true\n"})
    assert (found.answer, found.unknown) == (OPEN, 100)


def test_weak_sources_meet_nothing(tmp_path):
    found = answered(tmp_path, {"op": held(("fr", 100))}, confidence="memory")
    assert (found.answer, found.reasons) == (OPEN, ("weak",))
    assert found.confidence is Confidence.WEAK


def test_holdings_are_those_of_the_day(tmp_path):
    owners = {"op": held(("fr", 100), more=", since = 2026-06-01")}
    overlay(tmp_path, "entities", companies(owners))
    facts = load([overlay(tmp_path, "offers", OFFER)])
    assert facts.capital_of("test", date(2026, 6, 1)).answer is MET
    assert facts.capital_of("test", date(2026, 5, 31)).answer is OPEN


def test_no_offer_that_a_source_fails_is_met_and_every_us_owner_fails():
    facts = load()
    for id, offer in facts.table("offers").items():
        found = facts.capital_of(id, TODAY)
        if offer["snc_capital_test"] == "fail":
            assert found.answer is not MET, id
        if found.answer is MET:
            assert offer["snc_capital_test"] == "pass", id
    for id in ("aws", "azure", "gcp", "oracle", "aws-european-sovereign-cloud", "exoscale"):
        assert facts.capital_of(id, TODAY).answer is NO
    assert facts.capital_of("nobody", TODAY).answer is OPEN
