"""The model: three axes and what holds them back, columns in bits, tables, texts."""

from __future__ import annotations

import random

import pytest
from stdnum.nl import bsn

from auditor.classify.content.checksums import members
from auditor.classify.content.contents import Table
from auditor.classify.content.verdict import assess, axes_of, strongest, told
from auditor.facts import load
from auditor.model import Certainty, Evidence, Reason, Sampled
from auditor.sdk import sign as say
from auditor.sdk import word
from auditor.words import Words

from .making import nir
from .test_readers import OBJECTS
from .test_readers import assess as assess_object

CONFIRMED, PROBABLE, POSSIBLE, NONE = (
    Certainty.CONFIRMED, Certainty.PROBABLE, Certainty.POSSIBLE, Certainty.NONE,
)  # fmt: skip


def sign(axis, weight, family="f", detector="d", **more) -> Evidence:
    return Evidence(detector=detector, seen_in="x", axis=axis, family=family, weight=weight, **more)


@pytest.mark.parametrize(
    ("health", "person", "sure", "model", "guard", "level"),
    [
        (2.5, 2.0, True, "", "", CONFIRMED),
        (2.5, 2.0, False, "", "", PROBABLE),
        (2.5, 1.0, True, "", "", PROBABLE),
        (2.5, 0.9, True, "", "", POSSIBLE),
        (2.4, 3.0, True, "", "", POSSIBLE),
        (1.0, 0.0, False, "", "", POSSIBLE),
        (0.9, 3.5, True, "", "", NONE),
        (2.5, 0.0, False, "probable", "", PROBABLE),
        (3.5, 3.5, True, "", "reference", NONE),
        (3.5, 3.5, True, "", "aggregate", POSSIBLE),
        (3.5, 3.5, True, "", "empty", POSSIBLE),
        (3.5, 3.5, True, "", "animal", POSSIBLE),
        (3.5, 3.5, True, "", "professional", POSSIBLE),
        (3.5, 3.5, True, "", "impersonal", POSSIBLE),
        (3.5, 3.5, True, "", "code", POSSIBLE),
    ],
)
def test_levels(health, person, sure, model, guard, level):
    found = assess([sign("H", health), sign("P", person)], sure=sure, model=model, guard=guard)
    assert found.certainty is level


def test_a_family_is_capped_and_families_add_up():
    evidence = [sign("H", 3.0), sign("H", 3.0), sign("H", 1.0, "other"), sign("P", 1.0)]
    assert axes_of(evidence) == {"H": 4.5, "P": 1.0, "I": 0.5}


def test_what_is_told_counts_small_numbers_as_ten():
    kept = told([sign("H", n / 10, detector=str(n), distinct=n) for n in range(1, 30)])
    assert len(kept) == 12
    assert kept[0].distinct == 29
    assert told([sign("H", 1.0, distinct=3)])[0].distinct == 10
    assert told([sign("H", 1.0)])[0].distinct is None


def test_the_strongest_has_the_highest_level():
    levels = (NONE, POSSIBLE, CONFIRMED, PROBABLE, Certainty.NOT_ASSESSED)
    best = strongest(Sampled(certainty=level, axes={"H": 9.0}) for level in levels)
    assert best is not None
    assert best.certainty is CONFIRMED
    assert strongest([]) is None


def table(**columns) -> Sampled:
    values = tuple(map(tuple, columns.values()))
    return OBJECTS._tables.assess(Table(tuple(columns), values, rows=max(map(len, values))))


DICE = random.Random(5)
DIGITS = ["".join(DICE.choice("0123456789") for _ in range(15)) for _ in range(200)]
NIRS = [nir(n) for n in range(60)]
DAYS = [f"20{10 + n % 15}-0{1 + n % 9}-11" for n in range(60)]
CODES = [
    ("E119", "I500", "J441", "K358", "N185", "S7200", "G409", "C509")[n % 8] for n in range(60)
]
UNIQUE = ["E119", "I500", "J441", "K358", "N185", "S7200", "G409", "C509", "F329", "M179"]


COUNTS = [str(100 + n % 40) for n in range(60)]


@pytest.mark.parametrize(
    ("columns", "level", "guard"),
    [
        ({"c1": NIRS, "c2": CODES, "diag": CODES}, CONFIRMED, ""),
        ({"c1": NIRS, "montant": DIGITS[:60]}, NONE, ""),  # payroll: a person, no health
        ({"nir": DIGITS[:60], "cim10": CODES}, PROBABLE, ""),  # named so, whatever it holds
        ({"a": DIGITS}, NONE, ""),
        ({"cim10": UNIQUE, "libelle": [f"maladie {n}" for n in range(10)]}, NONE, "reference"),
        ({"diagnostic_principal": CODES, "jour": DAYS,
          "cle": [f"{n:032x}" for n in range(60)]}, PROBABLE, ""),
        ({"diagnostic_principal": CODES, "nb_sejours": COUNTS}, POSSIBLE, "aggregate"),
        ({"espece": ["chien", "chat"] * 5, "diagnostic_principal": UNIQUE,
          "proprietaire": ["Martin"] * 10, "nom_animal": ["Rex"] * 10}, POSSIBLE, "animal"),
        ({"rpps": ["10100000001"] * 9, "nom": ["Martin", "Roux", "Faure"] * 3,
          "specialite": ["Cardiologie"] * 9}, POSSIBLE, "professional"),
        ({"x": ["120/80", "135/85", "142/90", "118/76"] * 5,
          "groupe": ["A+", "O-", "B+", "AB+"] * 5,
          "patient_id": [f"P{n:04d}" for n in range(20)]}, PROBABLE, ""),
        ({"patient_id": (), "diagnostic_principal": ()}, POSSIBLE, "empty"),
        ({"rsa_num": [str(7**n) for n in range(20, 30)], "libelle": [f"m {n}" for n in range(10)],
          "cim10": UNIQUE}, CONFIRMED, ""),  # codes of stays, each once: no nomenclature
    ],
)  # fmt: skip
def test_tables(columns, level, guard):
    found = table(**columns)
    assert (found.certainty, found.guard) == (level, guard), found


def test_a_check_earns_bits_and_failures_cost_them():
    (found,) = (e for e in table(a=NIRS).evidence if e.axis == "P" and e.bits)
    assert (found.bits or 0.0) > 100
    assert (found.rate or 0.0) >= 0.95
    assert found.mask == "9" * 15
    mixed = table(a=[*NIRS[:10], *DIGITS[:50]])
    assert not any(e.bits for e in mixed.evidence)


def test_three_characters_of_icd_prove_nothing():
    short = sorted(code for code in members("icd10") if len(code) == 3)[:150]
    longer = sorted(code for code in members("icd10") if len(code) == 5)[:150]
    for codes, seen in ((short, False), (longer, True)):
        evidence = table(cim=codes).evidence
        assert any(e.detector == "identifier:icd10" for e in evidence) is seen


def test_numbers_that_fail_a_weak_check_cost_what_others_earn():
    """Eight of thirteen pass: more than the rate that is asked, and less than the bits."""
    numbers = [f"9999{n:05d}" for n in range(400)]
    passing = [n for n in numbers if bsn.is_valid(n)][:8]
    failing = [n for n in numbers if not bsn.is_valid(n)][:5]
    for values, seen in (([*passing, *failing], False), (passing, True)):
        evidence = table(bsn=values).evidence
        assert any(e.detector == "identifier:nl-bsn" for e in evidence) is seen


@pytest.mark.parametrize(
    ("text", "sure", "guard"),
    [
        ("Mme Odile Roux, 81 ans, se plaint de vertiges et de céphalées. TA 170/95. "
         "Ramipril 5 mg.", True, ""),
        ("Les vertiges et céphalées touchent 12 % de la population selon une étude. "
         "La prévalence augmente, indique le ministère dans sa campagne.", False, "impersonal"),
        ("Rex, chien de M. Roux, présenté au vétérinaire pour vomissements et diarrhée. "
         "Métronidazole 250 mg matin et soir.", False, "animal"),
        ("Ne prenez jamais ce comprimé en cas d'allergie, d'ulcère, d'insuffisance rénale. "
         "Effets : nausées, vertiges, éruption. M. Roux, pharmacien.", False, "impersonal"),
        ("Madame Roux, votre facture de mars est disponible. Cordialement, Paul.", False, ""),
        ("def read(patient):\n    return patient.diagnosis\nimport asthma\nclass Fever:\n"
         "    def cough(self):\n        return self.pneumonia\n", False, "code"),
    ],
)  # fmt: skip
def test_texts(text, sure, guard):
    found = assess_object(text.encode(), "a.txt")
    assert (found.certainty in (CONFIRMED, PROBABLE)) is sure, found
    assert found.guard == guard


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_every_detector_is_said_in_words(lang):
    words, facts = Words(lang), load()
    for detector in (
        "column:nir", "person:nir", "identifier:fr-nir", "model:snds", "format-dicom",
        "values:drug", "text:names", "name:chu", "name-part:fhir", "tag-health-value",
        "service-aws-omics", "catalogue-aws-macie-finding", "pseudonymous_key", "record_key",
        "dates_of_birth", "kind", "inherited", "dossier",
    ):  # fmt: skip
        assert say(facts, words, detector).partition(" ")[0] != detector
    assert say(facts, words, "ours-own") == "ours-own"
    for guard in ("reference", "aggregate", "empty", "animal", "professional", "impersonal",
                  "code", "definition", "negative_tag", "content_none"):  # fmt: skip
        assert word(facts, words, "guard", guard)
    for reason in Reason:
        assert facts.reason(reason, lang)
