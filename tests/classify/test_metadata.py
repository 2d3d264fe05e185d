"""Metadata-only certainty: tables, and the edges between levels."""

from __future__ import annotations

import json
import string
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from auditor.classify import classify, inherit, stronger, with_content
from auditor.classify.words import parts_of
from auditor.model import Certainty, Evidence, Health, Reason, Signal, StoreSample, Unknown

from .stores import SIGNALS, store

DENIED = Unknown(Reason.DENIED, "ListTags")
CORPUS = Path(__file__).parents[3] / "shared" / "corpus" / "metadata_cases.jsonl"


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("BIO-dossierPatient2024", ("bio", "dossier", "patient", "2024")),
        ("HL7v2.feed", ("hl", "7", "v", "2", "feed")),
        ("PACSArchive", ("pacs", "archive")),
        ("Hôpital/été_données", ("hopital", "ete", "donnees")),
        ("a\u202eb\u200bc", ("a", "b", "c")),
        ("", ()),
        ("---", ()),
    ],
)
def test_splits_whole_words(name, parts):
    assert parts_of(name) == parts


@pytest.mark.parametrize(
    ("name", "tags", "level"),
    [
        # whole words, multi-word first, accents, case
        ("snds-extraction-2024", {}, "probable"),
        ("prod_dossier_patient", {}, "probable"),
        ("ProdDossierPatient", {}, "probable"),
        ("Données-de-Santé", {}, "probable"),
        ("openEHR", {}, "probable"),
        ("hopital-lyon-dpi", {}, "probable"),
        ("klinikum-befunde", {}, "probable"),
        ("cartella.clinica", {}, "probable"),
        # one word below the strong weight stays possible, two small ones stay possible
        ("patients", {}, "possible"),
        ("irm-cerveau", {}, "possible"),
        ("chu-eds-parquet", {}, "possible"),
        ("sante", {}, "possible"),  # 1.0 exactly
        ("pharmacie-ordonnances", {}, "probable"),  # 2.5 exactly, by two words
        ("labo", {}, "no_sign"),  # 0.6
        # never substrings; false friends; acronyms never alone
        ("sapphire-lake", {}, "no_sign"),
        ("patience-game", {}, "no_sign"),
        ("nirvana", {}, "no_sign"),
        ("alb-healthcheck-logs", {}, "no_sign"),
        ("clinique-veterinaire", {}, "no_sign"),
        ("ClinicPetClinic", {}, "no_sign"),
        ("sepa-pacs-008", {}, "no_sign"),
        ("pacs-archive", {}, "possible"),
        ("had-ris-ins", {}, "no_sign"),
        # names without separators
        ("stfhirexport001", {}, "probable"),
        ("stradiologie01", {}, "possible"),
        ("grandhospitalitygroup", {}, "no_sign"),
        ("stphishingreports", {}, "no_sign"),
        # tags
        ("bkp", {"HDS": "true"}, "declared"),
        ("bkp", {"acme:contains-phi": "1"}, "declared"),
        ("bkp", {"data-classification": "Données-de-Santé"}, "declared"),
        ("bkp", {"Sensitivity": "Confidential - Health"}, "declared"),
        ("bkp", {"application": "health"}, "no_sign"),
        ("bkp", {"classification": "health-check"}, "no_sign"),
        ("bkp", {"gdpr-category": "art9"}, "possible"),
        ("patients", {"gdpr-category": "art9"}, "probable"),
        ("bkp", {"hipaa": "yes"}, "probable"),
        ("bkp", {"hds-certified": "true"}, "no_sign"),
        ("bkp", {"hds": "certified"}, "no_sign"),
        ("bkp", {"hds": "no"}, "no_sign"),
        ("bkp", {"data-class": "no-phi"}, "no_sign"),
        ("bkp", {"data-class": "sans données de santé"}, "no_sign"),
        ("", {"Name": "dossier-patient"}, "probable"),
        # what could not be read
        ("", DENIED, "not_assessed"),
        ("bkp", DENIED, "no_sign"),
        ("fhir", DENIED, "probable"),
        ("", {}, "no_sign"),
    ],
)
def test_levels(name, tags, level):
    assert classify(store(name, tags), SIGNALS, False).certainty == level


@pytest.mark.parametrize(
    ("kind", "holds", "level"),
    [
        ("aws.healthlake.fhir_datastore", True, "declared"),
        ("aws.omics.sequence_store", True, "probable"),  # a fact speaks of it: it wins
        ("aws.omics.reference_store", False, "possible"),
        ("acme.clinic.records", True, "declared"),
        ("acme.box", False, "not_assessed"),
    ],
)
def test_kinds(kind, holds, level):
    assert classify(store("", DENIED, kind), SIGNALS, holds).certainty == level


@pytest.mark.parametrize(
    ("name", "tags", "conflict"),
    [
        ("dossier-patient", {"data-class": "no personal data"}, "negative_tag"),
        ("dossier-patient", {"phi": "false"}, "negative_tag"),
        ("bkp", {"phi": "true", "data-class": "public"}, "negative_tag"),
        ("dossier-patient", {"data-class": "internal"}, ""),
        ("bkp", {"phi": "false"}, ""),  # nothing to contradict
    ],
)
def test_a_denial_is_told_and_lowers_nothing(name, tags, conflict):
    health = classify(store(name, tags), SIGNALS, False)
    silent = classify(store(name, {k: v for k, v in tags.items() if v == "true"}), SIGNALS, False)
    assert health.conflict == conflict
    assert health.certainty == silent.certainty


def test_evidence_names_the_key_and_never_the_value():
    health = classify(store("patients", {"data-class": "PHI-secret", "phi": "no"}), SIGNALS, False)
    assert {s.seen_in for s in health.signals} == {"name", "tag:data-class", "tag:phi"}
    assert "secret" not in repr(health)


def test_the_name_is_capped():
    names = SIGNALS.names("snds-pmsi-dossier-patient-fhir")
    assert len(names.signals) == 4
    assert names.total == 3.0


def test_a_word_of_two_languages_counts_once_at_its_highest():
    assert [(s.detector, s.weight) for s in SIGNALS.names("fse-fse").signals] == [("name:fse", 1.0)]


text = st.text(st.sampled_from(string.ascii_letters + string.digits + "-_./ éàçôß\u202e\x1b"))


@settings(max_examples=200, deadline=None)
@given(name=text, tags=st.dictionaries(text, text, max_size=3), holds=st.booleans())
def test_metadata_never_says_more_than_it_knows(name, tags, holds):
    health = classify(store(name, tags), SIGNALS, holds)
    assert health.certainty not in (Certainty.CONFIRMED, Certainty.NONE, Certainty.NOT_ASSESSED)
    assert health == classify(store(name, tags), SIGNALS, holds)


def of(level: str, conflict: str = "") -> Health:
    signal = Signal(detector="name:fhir", seen_in="name", weight=3.0)
    return Health(certainty=Certainty(level), signals=(signal,), conflict=conflict)


@pytest.mark.parametrize(
    ("origin", "copy"),
    [
        ("confirmed", "declared"),
        ("declared", "declared"),
        ("probable", "probable"),
        ("possible", "possible"),
        ("none", "no_sign"),
        ("no_sign", "no_sign"),
        ("not_assessed", "not_assessed"),
    ],
)
def test_a_copy_inherits(origin, copy):
    assert inherit(of(origin), SIGNALS).certainty == copy


def test_inheritance_is_evidence_of_its_own_and_keeps_the_conflict():
    inherited = inherit(of("declared", "negative_tag"), SIGNALS)
    assert inherited.conflict == "negative_tag"
    assert inherited.signals == (Signal(detector="inherited", seen_in="origin", weight=2.5),)
    assert inherit(of("no_sign"), SIGNALS).signals == ()


@pytest.mark.parametrize(
    ("own", "inherited", "level"),
    [
        ("no_sign", "declared", "declared"),
        ("probable", "possible", "probable"),
        ("not_assessed", "no_sign", "no_sign"),
        ("confirmed", "declared", "confirmed"),
        ("none", "probable", "probable"),
    ],
)
def test_the_stronger_wins_with_the_evidence_of_both(own, inherited, level):
    both = stronger(of(own), of(inherited))
    assert both.certainty == level
    assert len(both.signals) == 2


@pytest.mark.skipif(not CORPUS.is_file(), reason="the corpus is not in the repository")
def test_corpus():
    """Of what names and tags can tell: no false alarm, and no health store without a sign."""
    for line in CORPUS.read_text("utf-8").splitlines():
        case = json.loads(line)
        if case["columns"] or case["label"] == "borderline":
            continue
        native = "ealthcare" in case["service_type"] or "HealthLake" in case["service_type"]
        health = classify(store(case["name"], case["tags"]), SIGNALS, native)
        sign = health.certainty is not Certainty.NO_SIGN
        assert sign is (case["label"] == "health"), case["name"]


@pytest.mark.parametrize(
    ("tags", "level"),
    [
        ({"macie": "FRANCE_HEALTH_INSURANCE_NUMBER"}, Certainty.DECLARED),
        ({"dlp-info-type": "medical_record_number, EMAIL_ADDRESS"}, Certainty.DECLARED),
        ({"purview": "All medical terms and conditions"}, Certainty.DECLARED),
        ({"fides": "user.health_and_medical.genetic"}, Certainty.DECLARED),
        ({"macie": "EMAIL_ADDRESS"}, Certainty.NO_SIGN),
        ({"note": "no UK_NHS_NUMBER was looked for"}, Certainty.NO_SIGN),
        ({"owner": "Diseases"}, Certainty.DECLARED),
    ],
)
def test_what_a_trusted_scanner_wrote_declares(tags, level):
    assert classify(store(tags=tags), SIGNALS, False).certainty is level


@pytest.mark.parametrize(
    ("columns", "level"),
    [
        (("BEN_NIR_PSA", "EXE_SOI_DTD", "PRS_NAT_REF"), Certainty.PROBABLE),
        (("patientId", "allergies", "motif_consultation"), Certainty.PROBABLE),
        (("matricule", "nir", "salaire_brut"), Certainty.POSSIBLE),
        (("departement", "annee", "nb_sejours", "taux"), Certainty.NO_SIGN),
        (("code", "libelle"), Certainty.NO_SIGN),
        (("espece", "race", "vaccin", "diagnostic"), Certainty.NO_SIGN),
        (("order_id", "visit_id", "provider", "condition"), Certainty.NO_SIGN),
        (("Patientennummer", "Hauptdiagnose", "Aufnahmedatum"), Certainty.PROBABLE),
    ],
)
def test_the_columns_of_a_catalogue(columns, level):
    facts = {"columns": "\n".join(columns)}
    assert classify(store(facts=facts), SIGNALS, False).certainty is level


def test_a_tag_that_denies_is_told_beside_health_columns():
    facts = {"columns": "BEN_NIR_PSA\nEXE_SOI_DTD\nPRS_NAT_REF"}
    found = classify(store(tags={"data-class": "public"}, facts=facts), SIGNALS, False)
    assert (found.certainty, found.conflict) == (Certainty.PROBABLE, "negative_tag")


SEEN = (Evidence(detector="identifier:fr-nir", seen_in="column:1", axis="P", family="national_id",
                 weight=2.5),)  # fmt: skip


@pytest.mark.parametrize(
    ("tags", "name", "read", "level", "conflict"),
    [
        ({}, "a", Certainty.CONFIRMED, Certainty.CONFIRMED, ""),
        ({}, "a", Certainty.NONE, Certainty.NONE, ""),
        ({}, "a", Certainty.NOT_ASSESSED, Certainty.NO_SIGN, ""),
        ({}, "dossier-patient", Certainty.NONE, Certainty.PROBABLE, "content_none"),
        ({"phi": "true"}, "a", Certainty.POSSIBLE, Certainty.DECLARED, ""),
        ({"phi": "true"}, "a", Certainty.CONFIRMED, Certainty.CONFIRMED, ""),
        ({"data-class": "public"}, "a", Certainty.CONFIRMED, Certainty.CONFIRMED, "negative_tag"),
    ],
)
def test_content_beside_metadata(tags, name, read, level, conflict):
    said = classify(store(tags=tags, name=name), SIGNALS, False)
    sample = StoreSample(store="s", certainty=read, evidence=SEEN)
    found = with_content(said, sample)
    assert (found.certainty, found.conflict) == (level, conflict)
    assert with_content(said, None) == said
