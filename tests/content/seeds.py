"""One small file of every format that is read, made by the libraries that people use."""

from __future__ import annotations

import bz2
import gzip
import io
import json
import lzma
import sqlite3
import tarfile
import zipfile
from base64 import b64encode
from collections.abc import Mapping
from functools import cache

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pydicom
import pyorc
from pydicom.dataset import FileDataset, FileMetaDataset
from pydicom.uid import ExplicitVRLittleEndian, generate_uid

from .making import FIRST, LAST, WORDS, clinical_csv, nir, rows

NOTE = (
    "Cher confrère, j'ai vu en consultation Mme Jeanne DUPONT, 74 ans, pour une dyspnée d'effort. "
    "ATCD : HTA, diabète. TA 15/8, crépitants aux bases. BNP 900. Furosémide 40 mg 1 cp matin.\n"
)


@cache
def seeds() -> Mapping[str, bytes]:
    """Name → content; each is health data of people who do not exist."""
    table = clinical_csv().encode()
    return {
        "stays.csv": table,
        "stays.tsv": clinical_csv(delimiter="\t").encode("cp1252"),
        "stays-bom.csv": clinical_csv().encode("utf-16"),
        "stays.json": json.dumps(rows()).encode(),
        "stays.ndjson": "\n".join(map(json.dumps, rows())).encode(),
        "stays.xml": _xml(),
        "stays.sql": _sql(),
        "stays.sqlite": _sqlite(),
        "stays.parquet": _parquet(),
        "stays.orc": _orc(),
        "stays.xlsx": _xlsx(),
        "stays.csv.gz": gzip.compress(table, mtime=0),
        "stays.csv.bz2": bz2.compress(table),
        "stays.csv.xz": lzma.compress(table),
        "stays.zip": _zip({"a/stays.csv": table}),
        "stays.tar": _tar({"a/stays.csv": table}),
        "stays.tar.gz": gzip.compress(_tar({"a/stays.csv": table}), mtime=0),
        "note.txt": NOTE.encode() * 3,
        "note-latin.txt": NOTE.encode("cp1252") * 3,
        "image.dcm": _dicom(),
        "bare.dcm": _dicom()[132:],
        "eeg.edf": _edf(),
        "oru.hl7": _hl7().encode(),
        "oru.mllp": b"\x0b" + _hl7().encode() + b"\x1c\r",
        "bundle.json": _fhir(),
        "patient.xml": b'<Patient xmlns="http://hl7.org/fhir"><name><family value="DUPONT"/>'
                       b"</name></Patient>",
        "letter.xml": _cda(),
        "result.hpr": f"H|~^\\&|A||B|||ORU||||H2.1\rP|1|123||{LAST[0]}^{FIRST[0]}\r".encode(),
        "lab.hpm": f"000001\r\n{LAST[0]}\r\n{FIRST[0]}\r\n****LAB****\r\n".encode(),
        "rss.txt": _rss(),
        "sample.vcf": b"##fileformat=VCFv4.2\n##reference=GRCh38\n#CHROM\tPOS\tID\tREF\tALT\tQUAL"
                      b"\tFILTER\tINFO\tFORMAT\tP1\n1\t1\trs12345\tA\tG\t9\tPASS\t.\tGT\t0/1\n",
        "reads.fastq": b"@r1\nACGTACGTACGTACGTACGTACGT\n+\nIIIIIIIIIIIIIIIIIIIIIIII\n" * 4,
    }  # fmt: skip


def _xml() -> bytes:
    lines = "".join(
        "<patient>" + "".join(f"<{k}>{v}</{k}>" for k, v in row.items()) + "</patient>"
        for row in rows()
    )
    return f"<?xml version='1.0'?><export>{lines}</export>".encode()


def _sql() -> bytes:
    columns = ", ".join(rows()[0])
    lines = [
        f"INSERT INTO sejour ({columns}) VALUES ("
        + ", ".join("'" + v.replace("'", "''") + "'" for v in row.values()) + ");"
        for row in rows()
    ]  # fmt: skip
    return "\n".join(lines).encode()


def _sqlite() -> bytes:
    base = sqlite3.connect(":memory:")
    first = rows()[0]
    base.execute(f"CREATE TABLE sejour ({', '.join(first)})")
    marks = ",".join("?" * len(first))
    base.executemany(f"INSERT INTO sejour VALUES ({marks})", [tuple(r.values()) for r in rows()])
    base.commit()
    return base.serialize()


def _columns() -> dict[str, list[str]]:
    return {name: [row[name] for row in rows()] for name in rows()[0]}


def _parquet() -> bytes:
    out = io.BytesIO()
    pq.write_table(pa.table(_columns()), out)
    return out.getvalue()


def _orc() -> bytes:
    out = io.BytesIO()
    fields = ",".join(f"{name}:string" for name in rows()[0])
    with pyorc.Writer(out, f"struct<{fields}>") as writer:
        for row in rows():
            writer.write(tuple(row.values()))
    return out.getvalue()


def _xlsx() -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(list(rows()[0]))
    for row in rows():
        sheet.append(list(row.values()))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _zip(files: Mapping[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()


def _tar(files: Mapping[str, bytes]) -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        for name, content in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
    return out.getvalue()


def _dicom() -> bytes:
    meta = FileMetaDataset()
    meta.MediaStorageSOPClassUID = pydicom.uid.CTImageStorage
    meta.MediaStorageSOPInstanceUID = generate_uid(entropy_srcs=["x"])
    meta.TransferSyntaxUID = ExplicitVRLittleEndian
    image = FileDataset("", {}, file_meta=meta, preamble=b"\0" * 128)
    image.PatientName, image.PatientID = f"{LAST[0]}^{FIRST[0]}", "8000000001"
    image.SOPClassUID = meta.MediaStorageSOPClassUID
    image.SOPInstanceUID = meta.MediaStorageSOPInstanceUID
    out = io.BytesIO()
    image.save_as(out, enforce_file_format=True)
    return out.getvalue()


def _edf() -> bytes:
    head = b"0       " + f"X F 02-MAY-1951 {LAST[0]}_{FIRST[0]}".encode().ljust(80)
    head += b"Startdate".ljust(80) + b"01.01.2501.01.01" + b"512     " + b" " * 44
    return head + b"1       " + b"1       " + b"1   " + b"EEG".ljust(256) + b"\x00" * 256


def _hl7() -> str:
    return (
        "MSH|^~\\&|LAB|CHU|||202501011200||ORU^R01|1|P|2.5\r"
        f"PID|1||{nir(0)}^^^CHU^PI||{LAST[0]}^{FIRST[0]}||19510502|F\r"
        "OBX|1|NM|718-7^Hemoglobin^LN||11.2|g/dL\r"
    )


def _fhir() -> bytes:
    entries = [
        {"resource": {"resourceType": "Observation", "subject": {"reference": f"Patient/{n}"},
                      "valueString": WORDS[n]}}
        for n in range(8)
    ]  # fmt: skip
    return json.dumps({"resourceType": "Bundle", "entry": entries}).encode()


def _cda() -> bytes:
    text = b64encode(NOTE.encode() * 3).decode()
    return (
        '<ClinicalDocument xmlns="urn:hl7-org:v3"><recordTarget><patientRole><patient><name>'
        f"<family>{LAST[0]}</family></name></patient></patientRole></recordTarget><component>"
        f'<nonXMLBody><text representation="B64">{text}</text></nonXMLBody></component>'
        "</ClinicalDocument>"
    ).encode()


def _rss() -> bytes:
    lines = []
    for n, row in enumerate(rows(count=30)):
        code = row["diagnostic_principal"].ljust(6)
        born = f"{1 + n % 28:02d}{1 + n % 12:02d}{1930 + n % 70}"
        lines.append(
            f"11{n % 23 + 1:02d}M05{1 + n % 4} 122000750313454022{n:08d}{born}1{code}0107202575015"
        )
    return "\n".join(lines).encode()
