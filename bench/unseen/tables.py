"""Tables and records of other schemas and generators than the development corpus; people invented.

    from bench.unseen.tables import made

`made()` gives (name, content, is it health) for each; the same each time. CC0-1.0.
"""

from __future__ import annotations

import csv
import gzip
import io
import json
import random
import sqlite3
import tarfile
import zipfile
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any

from stdnum import luhn, verhoeff
from stdnum.es import nif
from stdnum.gb import nhs
from stdnum.it import codicefiscale
from stdnum.nl import bsn
from stdnum.pl import pesel

Dice = random.Random
Row = dict[str, Any]

FR_FIRST = [
    "Amandine",
    "Bastien",
    "Cyrille",
    "Delphine",
    "Edgar",
    "Flavie",
    "Gaston",
    "Heloise",
    "Irene",
    "Jules",
]
FR_LAST = [
    "Abadie",
    "Barret",
    "Castel",
    "Delorme",
    "Estève",
    "Ferrand",
    "Gaubert",
    "Huguet",
    "Imbert",
    "Jourdan",
]
EN_FIRST = [
    "Abigail",
    "Benedict",
    "Clara",
    "Desmond",
    "Eleanor",
    "Fergus",
    "Gemma",
    "Harvey",
    "Isla",
    "Jasper",
]
EN_LAST = [
    "Ashworth",
    "Bramley",
    "Calloway",
    "Dunmore",
    "Eastwood",
    "Farrow",
    "Garrick",
    "Holloway",
    "Ives",
    "Keane",
]
DE_FIRST = [
    "Anke",
    "Bernd",
    "Christa",
    "Detlef",
    "Elfriede",
    "Fritz",
    "Gisela",
    "Holger",
    "Ilka",
    "Jochen",
]
DE_LAST = [
    "Albers",
    "Böttcher",
    "Clausen",
    "Dietz",
    "Ebert",
    "Förster",
    "Grote",
    "Hansen",
    "Imhof",
    "Jansen",
]
ICD = [
    "I10",
    "E11.9",
    "J45.9",
    "M54.5",
    "F32.1",
    "N39.0",
    "K21.9",
    "I48.0",
    "C50.9",
    "G43.9",
    "E78.5",
    "J44.1",
    "N18.3",
    "S52.5",
]
DRUGS = [
    "Metoprolol",
    "Ramipril",
    "Simvastatin",
    "Pantoprazol",
    "Torasemid",
    "Marcumar",
    "Metformin",
    "Novalgin",
]
DRUGS_FR = [
    "PARACETAMOL",
    "AMOXICILLINE",
    "ESOMEPRAZOLE",
    "LEVOTHYROX",
    "KARDEGIC",
    "TRAMADOL",
    "VENTOLINE",
]


def day(d: Dice, first: int = 2021, last: int = 2025) -> date:
    """A day between two years."""
    start = date(first, 1, 1)
    return start + timedelta(d.randrange((date(last, 12, 28) - start).days))


def digits(d: Dice, n: int) -> str:
    """Random digits."""
    return "".join(d.choice("0123456789") for _ in range(n))


def valid(d: Dice, make: Callable[[], str], check: Callable[[str], bool]) -> str:
    """A value that passes a check."""
    while True:
        value = make()
        if check(value):
            return value


def french_nir(d: Dice) -> str:
    """A number of the commune 999, which is not allocated."""
    body = f"{d.choice('12')}{d.randrange(100):02d}{d.randrange(1, 13):02d}{d.randrange(1, 96):02d}"
    body += f"999{d.randrange(1, 1000):03d}"
    return f"{body}{97 - int(body) % 97:02d}"


def kvnr(d: Dice) -> str:
    """A German insured person's number."""
    from auditor.classify.content.checksums import passes

    return valid(d, lambda: d.choice("ABCDEFGH") + digits(d, 9), lambda v: bool(passes("kvnr", v)))


def ahv(d: Dice) -> str:
    """A Swiss number, with its check digit."""
    body = "756" + digits(d, 9)
    total = sum(int(c) * (1 + 2 * (n % 2)) for n, c in enumerate(body))
    full = body + str(-total % 10)
    return f"{full[:3]}.{full[3:7]}.{full[7:11]}.{full[11:]}"


def sctid(d: Dice) -> str:
    """A code of the shape of SNOMED CT."""
    body = str(d.randrange(10**6, 10**8)) + "00"
    return body + verhoeff.calc_check_digit(body)


HEALTH: dict[str, Callable[[Dice, int], Row]] = {
    "kh_aufnahmen.csv;": lambda d, n: {
        "FallNr": 700000 + n,
        "KVNR": kvnr(d),
        "Nachname": d.choice(DE_LAST),
        "Geburtsdatum": f"{day(d, 1935, 2005):%d.%m.%Y}",
        "Aufnahmediagnose": d.choice(ICD),
        "OPS": f"5-{d.randrange(100, 900)}.{d.randrange(10)}",
        "Station": d.choice(["A1", "B2", "C3"]),
    },
    "medikationsplan.csv;": lambda d, n: {
        "PatNr": n // 3 + 1000,
        "Wirkstoff": d.choice(DRUGS),
        "morgens": d.randrange(2),
        "abends": d.randrange(2),
        "seit": f"{day(d):%d.%m.%Y}",
    },
    "urgencias_2024.csv,": lambda d, n: {
        "NHC": digits(d, 7),
        "fecha_nacimiento": day(d, 1930, 2020),
        "sexo": d.choice("HM"),
        "motivo": d.choice(
            (
                "dolor torácico",
                "fiebre",
                "traumatismo de tobillo",
                "disnea",
                "cefalea",
                "dolor abdominal",
            )
        ),
        "diagnostico": d.choice(ICD),
        "triaje": d.randrange(1, 6),
    },
    "referti.tsv": lambda d, n: {
        "cod_fiscale": valid(d, lambda: _cf(d), codicefiscale.is_valid),
        "data_prelievo": day(d),
        "esame": d.choice(("Emoglobina", "Glicemia", "Creatinina", "Colesterolo", "TSH")),
        "valore": round(d.random() * 20, 1),
        "um": d.choice(("g/dL", "mg/dL", "mUI/L")),
    },
    "huisarts_contacten.csv;": lambda d, n: {
        "bsn": valid(d, lambda: "9999" + digits(d, 5), bsn.is_valid),
        "datum": day(d),
        "icpc": d.choice(["R05", "K86", "T90", "L03", "P76", "U71", "A04", "D06"]),
        "journaalregel": d.choice(
            (
                "hoest sinds twee weken, geen koorts",
                "controle bloeddruk, 150/90",
                "rugpijn uitstralend naar linker been, paracetamol",
            )
        ),
    },
    "gp_extract.csv,": lambda d, n: {
        "NHS Number": valid(d, lambda: digits(d, 10), nhs.is_valid),
        "DOB": day(d, 1930, 2018),
        "Read Code": d.choice(["H33..", "C10E.", "G20..", "F25.."]),
        "Term": d.choice(
            ("Asthma", "Type 1 diabetes mellitus", "Essential hypertension", "Epilepsy")
        ),
    },
    "ehr_problems.csv|": lambda d, n: {
        "mrn": digits(d, 8),
        "snomed": sctid(d),
        "onset": day(d),
        "severity": d.choice(("mild", "severe")),
    },
    "ed_visits.csv,": lambda d, n: {
        "patient_name": f"{d.choice(EN_FIRST)} {d.choice(EN_LAST)}",
        "arrival": day(d),
        "chief_complaint": d.choice(
            (
                "chest pain",
                "laceration hand",
                "shortness of breath",
                "fall",
                "abdominal pain",
                "fever",
            )
        ),
        "hr": d.randrange(55, 130),
        "sbp": d.randrange(90, 180),
        "spo2": d.randrange(88, 100),
    },
    "utentes_consultas.csv;": lambda d, n: {
        "n_utente": digits(d, 9),
        "data_nascimento": day(d, 1935, 2015),
        "diagnostico": d.choice(
            ("hipertensão", "asma", "diabetes tipo 2", "gravidez", "lombalgia")
        ),
        "medicamento": d.choice(("ramipril", "salbutamol", "metformina", "ibuprofeno")),
    },
    "spital_ch.csv;": lambda d, n: {
        "AHV-Nr": ahv(d),
        "Eintritt": day(d),
        "Hauptdiagnose": d.choice(ICD),
        "Austrittsart": d.randrange(5),
    },
    "pacjenci.csv;": lambda d, n: {
        "pesel": valid(d, lambda: digits(d, 11), pesel.is_valid),
        "rozpoznanie": d.choice(ICD),
        "data_wizyty": day(d),
        "lek": d.choice(DRUGS),
    },
    "tournee_idel.csv;": lambda d, n: {
        "nom": d.choice(FR_LAST).upper(),
        "prenom": d.choice(FR_FIRST),
        "heure": f"{7 + n % 12}:30",
        "soin": d.choice(
            (
                "pansement ulcère jambe",
                "injection insuline",
                "prise de sang",
                "perfusion antibiotique",
                "toilette",
            )
        ),
        "cotation": d.choice(("AMI 4", "AIS 3")),
    },
    "residents_ehpad.csv;": lambda d, n: {
        "chambre": 100 + n,
        "resident": f"{d.choice(FR_LAST)} {d.choice(FR_FIRST)}",
        "gir": d.randrange(1, 7),
        "allergies": d.choice(("pénicilline", "aucune", "iode", "latex")),
        "regime": d.choice(("sans sel", "mixé", "diabétique", "normal")),
        "contention": d.choice(("oui", "non")),
    },
    "seances.csv,": lambda d, n: {
        "id_patient": f"P{n % 40:05d}",
        "date_seance": day(d),
        "poids_avant": 60 + d.random() * 20,
        "poids_sec": 60 + d.random() * 20,
        "ktv": round(1 + d.random(), 2),
        "uf_ml": d.randrange(500, 4000),
    },
    "worklist_imagerie.csv;": lambda d, n: {
        "AccessionNumber": digits(d, 9),
        "PatientName": f"{d.choice(FR_LAST)}^{d.choice(FR_FIRST)}",
        "PatientBirthDate": f"{day(d, 1930, 2015):%Y%m%d}",
        "Modality": d.choice(("CT", "MR", "US", "CR")),
        "StudyDescription": d.choice(("TDM thorax", "IRM genou", "Echo abdominale", "Rx poignet")),
    },
    "rcp_onco.csv;": lambda d, n: {
        "ipp": digits(d, 8),
        "date_rcp": day(d),
        "localisation": d.choice(("sein", "poumon", "côlon")),
        "tnm": d.choice(("pT1cN0M0", "cT2N1M0", "pT3N2M1")),
        "decision": d.choice(("chimiothérapie", "chirurgie")),
    },
    "remboursements.csv;": lambda d, n: {
        "nir_assure": french_nir(d),
        "date_soins": day(d),
        "cip13": "3400930" + digits(d, 6),
        "libelle": d.choice(DRUGS_FR),
        "montant": round(d.random() * 60, 2),
    },
    "telesuivi.csv,": lambda d, n: {
        "uid": f"{d.getrandbits(128):032x}",
        "horodatage": day(d),
        "glycemie_mg_dl": d.randrange(60, 300),
        "tension_systolique": d.randrange(95, 180),
        "poids_kg": round(50 + d.random() * 50, 1),
    },
    "actes_dentaires.csv;": lambda d, n: {
        "num_dossier": digits(d, 6),
        "patient": d.choice(FR_LAST),
        "dent": d.randrange(11, 48),
        "ccam": d.choice(["HBLD038", "HBMD050", "HBGD035", "HBJD001", "HBLD490", "HBQK002"]),
        "date": day(d),
    },
    "certificats_deces.csv;": lambda d, n: {
        "nom": d.choice(FR_LAST),
        "date_naissance": day(d, 1920, 1970),
        "date_deces": day(d),
        "cause_initiale": d.choice(
            ("cancer du pancréas", "AVC ischémique", "insuffisance cardiaque", "pneumopathie")
        ),
        "code_cim": d.choice(ICD),
    },
    "fiv_cycles.csv,": lambda d, n: {
        "couple_id": n,
        "annee_naissance": d.randrange(1975, 1998),
        "amh": round(d.random() * 5, 1),
        "ovocytes": d.randrange(20),
        "embryons": d.randrange(8),
        "grossesse": d.choice(("oui", "non")),
    },
    "sante_travail.csv;": lambda d, n: {
        "matricule": f"E{n:05d}",
        "nom": d.choice(FR_LAST),
        "date_visite": day(d),
        "aptitude_medicale": d.choice(("apte", "inapte temporaire", "apte avec restriction")),
        "restriction": d.choice(("port de charges", "travail de nuit", "")),
    },
    "ae.csv,": lambda d, n: {
        "STUDYID": "ABC-1",
        "USUBJID": f"ABC-1-{n % 30:03d}",
        "AETERM": d.choice(("Headache", "Nausea", "Rash", "Anaemia")),
        "AESEV": d.choice(("MILD", "MODERATE")),
        "AESTDTC": day(d),
    },
    "transfusions.csv;": lambda d, n: {
        "num_sejour": digits(d, 9),
        "groupe": d.choice(("A+", "O-", "B+", "AB+")),
        "psl": "CGR",
        "date_transfusion": day(d),
        "hemoglobine_avant": round(6 + d.random() * 3, 1),
    },
    "potilaat.csv;": lambda d, n: {
        "henkilotunnus": _hetu(d),
        "diagnoosi": d.choice(ICD),
        "kayntipaiva": day(d),
    },
}


def _cf(d: Dice) -> str:
    letters = "".join(d.choice("BCDFGLMNPRST") for _ in range(6))
    body = (
        f"{letters}{d.randrange(30, 99)}{d.choice('ABCDEHLMPRST')}{d.randrange(1, 29):02d}"
        f"{d.choice('ABCFGHL')}{d.randrange(100, 900)}"
    )
    return body + codicefiscale.calc_check_digit(body)


def _hetu(d: Dice) -> str:
    body = f"{day(d, 1930, 1999):%d%m%y}"
    number = f"{d.randrange(2, 899):03d}"
    return f"{body}-{number}{'0123456789ABCDEFHJKLMNPRSTUVWXY'[int(body + number) % 31]}"


OTHER: dict[str, Callable[[Dice, int], Row]] = {
    "loehne.csv;": lambda d, n: {
        "PersNr": n,
        "Nachname": d.choice(DE_LAST),
        "Steuerklasse": d.randrange(1, 7),
        "IBAN": "DE" + digits(d, 20),
        "Krankenkasse": d.choice(("AOK", "TK", "Barmer")),
        "Brutto": d.randrange(2000, 7000),
    },
    "nominas.csv,": lambda d, n: {
        "dni": _dni(d),
        "nombre": "Ana",
        "apellidos": "Ruiz",
        "salario": d.randrange(1200, 4000),
        "fecha_alta": day(d),
        "baja": d.choice(("S", "N")),
    },
    "planning_soignants.csv;": lambda d, n: {
        "agent": f"{d.choice(FR_LAST)} {d.choice(FR_FIRST)}",
        "grade": d.choice(("IDE", "AS", "Cadre")),
        "service": d.choice(("Cardiologie", "Urgences", "Pédiatrie")),
        "date": day(d),
        "poste": d.choice(("matin", "nuit")),
    },
    "annuaire_medecins.csv;": lambda d, n: {
        "rpps": _rpps(d),
        "nom": d.choice(FR_LAST),
        "specialite": d.choice(("Cardiologie", "Dermatologie", "Médecine générale")),
        "ville": d.choice(("Brest", "Lille")),
        "telephone": "02" + digits(d, 8),
    },
    "catalogue_medicaments.csv;": lambda d, n: {
        "cip13": "3400930" + digits(d, 6),
        "denomination": f"{d.choice(DRUGS_FR)} {n} MG",
        "prix": d.random() * 20,
        "taux_remboursement": d.choice(("65%", "30%")),
    },
    "ndc_list.csv,": lambda d, n: {
        "ndc": f"{digits(d, 5)}-{digits(d, 4)}-{digits(d, 2)}",
        "proprietary_name": d.choice(DRUGS),
        "labeler": "Example Labs",
        "package": "30 TABLET",
    },
    "icd10gm_katalog.csv;": lambda d, n: {
        "code": f"{'ABCDEFGHIJ'[n % 10]}{n % 90:02d}.{n // 10 % 10}",
        "titel": f"Sonstige Krankheiten {n}",
    },
    "loinc_ref.csv,": lambda d, n: {
        "LOINC_NUM": f"{10000 + n}-{luhn.calc_check_digit(str(10000 + n))}",
        "COMPONENT": f"Glucose {n}",
        "SYSTEM": "Ser/Plas",
        "SCALE_TYP": "Qn",
    },
    "stats_hopitaux.csv;": lambda d, n: {
        "departement": 1 + n % 95,
        "annee": 2018 + n % 6,
        "nb_sejours": d.randrange(1000, 9000),
        "duree_moyenne": round(3 + d.random() * 4, 1),
        "taux_occupation": d.random(),
    },
    "covid_dep.csv,": lambda d, n: {
        "date": day(d),
        "region": d.choice(("Bretagne", "Corse")),
        "cases": d.randrange(900),
        "deaths": d.randrange(40),
        "incidence_rate": d.random() * 300,
    },
    "veto_consultations.csv;": lambda d, n: {
        "proprietaire": d.choice(FR_LAST),
        "animal": d.choice(("Rex", "Mia", "Luna")),
        "espece": d.choice(("chien", "chat")),
        "motif": d.choice(("vaccin", "boiterie", "vomissements")),
        "date": day(d),
    },
    "tierarzt.csv;": lambda d, n: {
        "Besitzer": d.choice(DE_LAST),
        "Tierart": d.choice(("Hund", "Katze")),
        "Diagnose": d.choice(("Otitis", "Gastritis")),
        "Datum": day(d),
        "Betrag": d.randrange(30, 300),
    },
    "claims_auto.csv,": lambda d, n: {
        "claim_id": n,
        "policy_holder": f"{d.choice(EN_FIRST)} {d.choice(EN_LAST)}",
        "vehicle": "Ford",
        "diagnosis": d.choice(("engine", "gearbox")),
        "treatment": "repair",
        "cost": d.randrange(900),
    },
    "crm.csv,": lambda d, n: {
        "first_name": d.choice(EN_FIRST),
        "last_name": d.choice(EN_LAST),
        "email": f"u{n}@example.org",
        "birth_date": day(d, 1950, 2002),
        "segment": d.choice("ABC"),
        "last_visit": day(d),
    },
    "notes_eleves.csv;": lambda d, n: {
        "eleve": f"{d.choice(FR_LAST)} {d.choice(FR_FIRST)}",
        "classe": "3B",
        "matiere": "SVT",
        "note": d.randrange(20),
        "absences": d.randrange(9),
        "observation": d.choice(("bon travail", "des efforts à poursuivre")),
    },
    "ab_test.csv,": lambda d, n: {
        "user_id": f"{d.getrandbits(64):016x}",
        "cohort": d.choice("AB"),
        "treatment": d.randrange(2),
        "exposure": day(d),
        "converted": d.randrange(2),
    },
    "capteurs.csv,": lambda d, n: {
        "device_id": f"s-{n}",
        "ts": day(d),
        "temperature": 20 + d.random() * 8,
        "pressure": 1000 + d.random() * 30,
        "pulse": d.randrange(90),
        "battery_health": d.randrange(100),
    },
    "chess.csv,": lambda d, n: {
        "eco": f"{d.choice('ABCDE')}{d.randrange(100):02d}",
        "white": d.choice(EN_LAST),
        "black": d.choice(DE_LAST),
        "result": d.choice(("1-0", "0-1")),
        "date": day(d),
    },
    "pieces.csv;": lambda d, n: {
        "ref": f"{d.choice('ABCDEFGHJK')}{d.randrange(10, 99)}.{d.randrange(10)}",
        "libelle": f"vis {n}",
        "stock": d.randrange(90),
        "prix": d.random(),
    },
    "skus.csv,": lambda d, n: {
        "sku": "".join(d.choice("ABCDEFGHJKLMN") for _ in range(4)) + digits(d, 3),
        "price": d.random() * 90,
        "customer": d.choice(EN_LAST),
        "ordered": day(d),
    },
    "imei.csv;": lambda d, n: {"imei": _luhn(d, 14), "modele": "X10", "agent": d.choice(FR_LAST)},
    "isbn.csv,": lambda d, n: {
        "isbn": "978" + digits(d, 10),
        "title": f"Anatomy of a novel {n}",
        "author": d.choice(EN_LAST),
    },
    "factures_hopital.csv;": lambda d, n: {
        "fournisseur": f"{d.choice(FR_LAST)} Médical SAS",
        "siret": _luhn(d, 13),
        "objet": d.choice(
            ("cathéters", "maintenance scanner", "gants nitrile", "solution de dialyse")
        ),
        "montant_ht": d.randrange(9000),
    },
    "parc_biomedical.csv;": lambda d, n: {
        "equipement": d.choice(("échographe", "respirateur", "défibrillateur")),
        "numero_serie": digits(d, 10),
        "service": d.choice(("Réanimation", "Radiologie")),
        "date_maintenance": day(d),
    },
    "aliments.csv;": lambda d, n: {
        "aliment": f"pain {n}",
        "glucose": d.random() * 10,
        "cholesterol": d.random() * 90,
        "sodium": d.random() * 900,
        "proteines": d.random() * 20,
    },
    "salle_sport.csv,": lambda d, n: {
        "membre": f"{d.choice(FR_FIRST)} {d.choice(FR_LAST)}",
        "abonnement": d.choice(("mensuel", "annuel")),
        "date_debut": day(d),
        "montant": 29,
    },
    "essais_sites.csv,": lambda d, n: {
        "nct": "NCT" + digits(d, 8),
        "site": "Hôpital X",
        "investigator": f"{d.choice(EN_FIRST)} {d.choice(EN_LAST)}",
        "condition": d.choice(("asthma", "breast cancer")),
        "phase": d.randrange(1, 4),
    },
    "vols.csv,": lambda d, n: {
        "flight": f"AF{d.randrange(1000, 9999)}",
        "passenger": d.choice(EN_LAST),
        "seat": f"{d.randrange(1, 30)}A",
        "departure": day(d),
        "meal": d.choice(("diabetic", "vegan", "none")),
    },
    "tickets.csv,": lambda d, n: {
        "id": n,
        "reporter": d.choice(EN_FIRST),
        "summary": d.choice(
            (
                "Health check fails on node 3",
                "Chronic timeout on patient portal login",
                "Bleeding edge build broken",
            )
        ),
        "opened": day(d),
    },
    "random_ids.csv,": lambda d, n: {
        "a": digits(d, 9),
        "b": digits(d, 10),
        "c": digits(d, 11),
        "d": digits(d, 13),
        "e": digits(d, 15),
    },
}


def _dni(d: Dice) -> str:
    body = digits(d, 8)
    return (
        body + nif.calc_check_digit(body) if hasattr(nif, "calc_check_digit") else _dni_letter(body)
    )


def _dni_letter(body: str) -> str:
    return body + "TRWAGMYFPDXBNJZSQVHLCKE"[int(body) % 23]


def _luhn(d: Dice, n: int) -> str:
    body = digits(d, n)
    return body + luhn.calc_check_digit(body)


def _rpps(d: Dice) -> str:
    body = "10" + digits(d, 8)
    return body + luhn.calc_check_digit(body)


def made() -> Iterator[tuple[str, bytes, bool]]:
    """Every file: its name, its content, whether it is health data."""
    for table, health in ((HEALTH, True), (OTHER, False)):
        for order, (spec, row) in enumerate(table.items()):
            d = Dice(f"{spec}{order}")
            name = spec if spec.endswith(".tsv") else spec[:-1]
            between = "\t" if spec.endswith(".tsv") else spec[-1]
            rows = [row(d, n) for n in range(d.choice((40, 120, 250)))]
            text = _table(rows, between, header=order % 7 != 6 or not health)
            content = text.encode(
                ("utf-8", "cp1252", "utf-8-sig", "utf-16", "utf-8")[order % 5], "replace"
            )
            if order % 9 == 4:
                name, content = f"{name}.gz", gzip.compress(content, mtime=0)
            yield name, content, health
    yield from _records()


def _table(rows: list[Row], between: str, header: bool) -> str:
    out = io.StringIO()
    writer = csv.writer(out, delimiter=between, lineterminator="\n")
    if header:
        writer.writerow(rows[0])
    writer.writerows([str(v) for v in r.values()] for r in rows)
    return out.getvalue()


def _records() -> Iterator[tuple[str, bytes, bool]]:
    d = Dice("records")
    visits = [
        {"visit": {"at": str(day(d)), "reason": d.choice(("back pain", "cough", "rash"))},
         "person": {"givenName": d.choice(EN_FIRST), "birthDate": str(day(d, 1940, 2010))},
         "vitals": {"heartRate": d.randrange(50, 120), "bloodPressure": "120/80"},
         "assessment": {"icd10": d.choice(ICD), "plan": "ibuprofen 400 mg tid"}}
        for _ in range(60)
    ]  # fmt: skip
    yield "visits.json", json.dumps({"exported": "2025", "visits": visits}).encode(), True
    yield "events.ndjson", "\n".join(map(json.dumps, visits)).encode(), True
    orders = [{"order": n, "customer": {"name": d.choice(EN_LAST)}, "items": [{"sku": digits(d, 6),
               "condition": "new"}], "procedure": "express"} for n in range(60)]  # fmt: skip
    yield "orders.json", json.dumps(orders).encode(), False
    xml = "".join(
        f"<Patient id='{n}'><Nom>{d.choice(FR_LAST)}</Nom><DateNaissance>{day(d, 1930, 2010)}</DateNaissance>"
        f"<Diagnostic code='{d.choice(ICD)}'>{d.choice(('asthme', 'diabète', 'lombalgie'))}</Diagnostic></Patient>"
        for n in range(50)
    )
    yield "export_sih.xml", f"<?xml version='1.0'?><Export>{xml}</Export>".encode(), True
    urls = "".join(f"<url><loc>https://example.org/health/{n}</loc></url>" for n in range(80))
    yield "sitemap.xml", f"<urlset>{urls}</urlset>".encode(), False
    inserts = "".join(
        f"INSERT INTO `sejour` VALUES ({n},'{digits(d, 9)}','{day(d)}','{d.choice(ICD)}','{d.choice(FR_LAST)}');\n"
        for n in range(60)
    )
    ddl = "CREATE TABLE `sejour` (\n `id` int,\n `ipp` varchar(12),\n `entree` date,\n `diag` varchar(8),\n `nom` text\n);\n"
    yield "his_dump.sql", (ddl + inserts).encode(), True
    yield "his_schema.sql", ddl.encode() * 3, False
    copy = "".join(
        f"{digits(d, 8)}\t{day(d, 1940, 2000)}\t{d.choice(ICD)}\t{d.choice(DRUGS)}\n"
        for _ in range(60)
    )
    yield (
        "clinic.sql",
        f"COPY public.rx (patient_id, dob, icd10, drug) FROM stdin;\n{copy}\\.\n".encode(),
        True,
    )
    base = sqlite3.connect(":memory:")
    base.execute("CREATE TABLE appointments (id INTEGER, patient TEXT, at TEXT, complaint TEXT)")
    base.executemany("INSERT INTO appointments VALUES (?,?,?,?)", [
        (n, f"{d.choice(EN_FIRST)} {d.choice(EN_LAST)}", str(day(d)), d.choice(("migraine", "knee pain", "eczema")))
        for n in range(60)])  # fmt: skip
    yield "clinic.db", base.serialize(), True
    shop = sqlite3.connect(":memory:")
    shop.execute("CREATE TABLE sales (id INTEGER, customer TEXT, at TEXT, item TEXT)")
    shop.executemany(
        "INSERT INTO sales VALUES (?,?,?,?)",
        [
            (
                n,
                f"{d.choice(EN_FIRST)} {d.choice(EN_LAST)}",
                str(day(d)),
                d.choice(("chair", "lamp")),
            )
            for n in range(60)
        ],
    )
    yield "shop.db", shop.serialize(), False
    hl7 = "\n".join(
        f"MSH|^~\\&|LAB|HOSP|||202501011200||ORU^R01|{n}|P|2.5\nPID|1||{digits(d, 7)}^^^HOSP^MR||{d.choice(EN_LAST)}^A\n"
        f"OBX|1|NM|718-7^Hemoglobin^LN||{d.randrange(8, 16)}|g/dL"
        for n in range(20)
    )
    yield "oru.txt", hl7.encode(), True
    bundle = {"resourceType": "Bundle", "entry": [{"resource": {"resourceType": "Condition", "subject": {
        "reference": f"Patient/{n}"}, "code": {"coding": [{"code": d.choice(ICD)}]}}} for n in range(20)]}  # fmt: skip
    yield "bundle.json", json.dumps(bundle, separators=(",", ":")).encode(), True
    directory = {"resourceType": "Bundle", "entry": [{"resource": {"resourceType": "Practitioner", "name": [{
        "family": d.choice(EN_LAST)}]}} for _ in range(20)]}  # fmt: skip
    yield "practitioners.json", json.dumps(directory).encode(), False
    gdt = "".join(
        f"{len(line) + 5:03d}{line}\r\n"
        for line in ("80006310", "3000123", "3101Muster", "310312031950")
    )
    yield "messung.gdt", gdt.encode("cp1252"), True
    yield (
        "bericht.edi",
        b"UNA:+.? 'UNB+UNOC:3+A+B'UNH+1+MEDRPT:0:902:UN:MR0902'S01+01'PNA+PAT+++:DOE'UNT+3+1'",
        True,
    )
    cda = (
        "<n1:ClinicalDocument xmlns:n1='urn:hl7-org:v3'><n1:recordTarget><n1:patientRole/></n1:recordTarget>"
        "</n1:ClinicalDocument>"
    )
    yield "letter_cda.xml", cda.encode(), True
    vcf = "##fileformat=VCFv4.2\n##contig=<ID=1,assembly=GRCh38>\n#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO"
    yield (
        "s1.vcf",
        f"{vcf}\tFORMAT\tS1\n1\t10\trs123456\tA\tG\t50\tPASS\t.\tGT\t0/1\n".encode(),
        True,
    )
    plant = vcf.replace("GRCh38", "TAIR10")
    yield (
        "plant.vcf",
        f"{plant}\tFORMAT\tS1\n1\t10\t.\tA\tG\t50\tPASS\t.\tGT\t0/1\n".encode(),
        False,
    )
    archive, member = io.BytesIO(), next(c for n, c, _ in _first() if n == "ed_visits.csv")
    with zipfile.ZipFile(archive, "w") as zipped:
        zipped.writestr("data/ed.csv", member)
    yield "export.zip", archive.getvalue(), True
    tape = io.BytesIO()
    with tarfile.open(fileobj=tape, mode="w:gz") as tar:
        info = tarfile.TarInfo("crm/crm.csv")
        body = next(c for n, c, _ in _first() if n == "crm.csv")
        info.size = len(body)
        tar.addfile(info, io.BytesIO(body))
    yield "crm.tar.gz", tape.getvalue(), False


def _first() -> Iterator[tuple[str, bytes, bool]]:
    for spec, row in (
        ("ed_visits.csv,", HEALTH["ed_visits.csv,"]),
        ("crm.csv,", OTHER["crm.csv,"]),
    ):
        d = Dice(spec)
        yield spec[:-1], _table([row(d, n) for n in range(60)], ",", header=True).encode(), True
