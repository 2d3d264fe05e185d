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
from collections.abc import Mapping, Sequence
from functools import cache

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pydicom
import pyorc
from pydicom.dataset import FileDataset, FileMetaDataset
from pydicom.uid import ExplicitVRLittleEndian, generate_uid

from .making import rows, table_of

Rows = Sequence[Mapping[str, str]]

NOTE = (
    "Cher confrère, j'ai vu en consultation Mme {prenom} {nom}, 74 ans, pour une dyspnée d'effort. "
    "ATCD : HTA, diabète. TA 15/8, crépitants aux bases. BNP {resultat}. Furosémide 40 mg 1 cp"
    " matin. NIR {nir}.\n"
)


@cache
def seeds() -> Mapping[str, bytes]:
    """Name → content; each is health data of people who do not exist."""
    return seeds_of(rows())


def seeds_of(r: Rows) -> Mapping[str, bytes]:
    """The same, of given rows: every value of a row is somewhere in each file with room for it."""
    table, some = table_of(r).encode(), "".join(NOTE.format(**row) for row in r[:3])
    hl7 = "".join(map(_hl7, r))
    return {
        "stays.csv": table,
        "stays.tsv": table_of(r, "\t").encode("cp1252"),
        "stays-bom.csv": table.decode().encode("utf-16"),
        "stays.json": json.dumps(r).encode(),
        "stays.ndjson": "\n".join(map(json.dumps, r)).encode(),
        "stays.xml": _xml(r),
        "stays.sql": _sql(r),
        "stays.sqlite": _sqlite(r),
        "stays.parquet": _parquet(r),
        "stays.orc": _orc(r),
        "stays.xlsx": _xlsx(r),
        "stays.csv.gz": gzip.compress(table, mtime=0),
        "stays.csv.bz2": bz2.compress(table),
        "stays.csv.xz": lzma.compress(table),
        "stays.zip": _zip({f"a/{r[0]['nom']}_{r[0]['prenom']}.csv": table}),
        "stays.tar": _tar({f"a/{r[0]['nom']}.csv": table}),
        "stays.tar.gz": gzip.compress(_tar({"a/stays.csv": table}), mtime=0),
        "note.txt": some.encode(),
        "note-latin.txt": some.encode("cp1252"),
        "image.dcm": _dicom(r[0]),
        "bare.dcm": _dicom(r[0])[132:],
        "eeg.edf": _edf(r[0]),
        "oru.hl7": hl7.encode(),
        "oru.mllp": b"\x0b" + hl7.encode() + b"\x1c\r",
        "bundle.json": _fhir(r),
        "patient.xml": _patient(r[0]),
        "letter.xml": _cda(r),
        "result.hpr": _hprim(r[0]),
        "lab.hpm": "000001\r\n{nom}\r\n{prenom}\r\n****LAB****\r\n".format(**r[0]).encode(),
        "rss.txt": _rss(r),
        "sample.vcf": b"##fileformat=VCFv4.2\n##reference=GRCh38\n#CHROM\tPOS\tID\tREF\tALT\tQUAL"
                      b"\tFILTER\tINFO\tFORMAT\tP1\n1\t1\trs12345\tA\tG\t9\tPASS\t.\tGT\t0/1\n",
        "reads.fastq": b"@r1\nACGTACGTACGTACGTACGTACGT\n+\nIIIIIIIIIIIIIIIIIIIIIIII\n" * 4,
    }  # fmt: skip


def _hprim(row: Mapping[str, str]) -> bytes:
    return "H|~^\\&|A||B|||ORU||||H2.1\rP|1|123||{nom}^{prenom}\r".format(**row).encode()


def _patient(row: Mapping[str, str]) -> bytes:
    return (
        '<Patient xmlns="http://hl7.org/fhir"><name><family value="{nom}"/></name></Patient>'
    ).format(**row).encode()  # fmt: skip


def _xml(r: Rows) -> bytes:
    lines = "".join(
        "<patient>" + "".join(f"<{k}>{v}</{k}>" for k, v in row.items()) + "</patient>" for row in r
    )
    return f"<?xml version='1.0'?><export>{lines}</export>".encode()


def _sql(r: Rows) -> bytes:
    columns = ", ".join(r[0])
    lines = [
        f"INSERT INTO sejour ({columns}) VALUES ("
        + ", ".join("'" + v.replace("'", "''") + "'" for v in row.values()) + ");"
        for row in r
    ]  # fmt: skip
    return "\n".join(lines).encode()


def _sqlite(r: Rows) -> bytes:
    base = sqlite3.connect(":memory:")
    first = r[0]
    base.execute(f"CREATE TABLE sejour ({', '.join(first)})")
    marks = ",".join("?" * len(first))
    base.executemany(f"INSERT INTO sejour VALUES ({marks})", [tuple(row.values()) for row in r])
    base.commit()
    return base.serialize()


def _columns(r: Rows) -> dict[str, list[str]]:
    return {name: [row[name] for row in r] for name in r[0]}


def _parquet(r: Rows) -> bytes:
    out = io.BytesIO()
    pq.write_table(pa.table(_columns(r)), out)
    return out.getvalue()


def _orc(r: Rows) -> bytes:
    out = io.BytesIO()
    fields = ",".join(f"{name}:string" for name in r[0])
    with pyorc.Writer(out, f"struct<{fields}>") as writer:
        for row in r:
            writer.write(tuple(row.values()))
    return out.getvalue()


def _xlsx(r: Rows) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(list(r[0]))
    for row in r:
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


def _dicom(row: Mapping[str, str]) -> bytes:
    meta = FileMetaDataset()
    meta.MediaStorageSOPClassUID = pydicom.uid.CTImageStorage
    meta.MediaStorageSOPInstanceUID = generate_uid(entropy_srcs=["x"])
    meta.TransferSyntaxUID = ExplicitVRLittleEndian
    image = FileDataset("", {}, file_meta=meta, preamble=b"\0" * 128)
    image.PatientName, image.PatientID = f"{row['nom']}^{row['prenom']}", row["ipp"]
    image.SOPClassUID = meta.MediaStorageSOPClassUID
    image.SOPInstanceUID = meta.MediaStorageSOPInstanceUID
    out = io.BytesIO()
    image.save_as(out, enforce_file_format=True)
    return out.getvalue()


def _edf(row: Mapping[str, str]) -> bytes:
    head = b"0       " + f"X F 02-MAY-1951 {row['nom']}_{row['prenom']}".encode().ljust(80)
    head += b"Startdate".ljust(80) + b"01.01.2501.01.01" + b"512     " + b" " * 44
    return head + b"1       " + b"1       " + b"1   " + b"EEG".ljust(256) + b"\x00" * 256


def _hl7(row: Mapping[str, str]) -> str:
    return (
        "MSH|^~\\&|LAB|CHU|||202501011200||ORU^R01|1|P|2.5\r"
        "PID|1||{nir}^^^CHU^PI||{nom}^{prenom}||19510502|F\r"
        "OBX|1|NM|718-7^Hemoglobin^LN||{resultat}|g/dL\r"
    ).format(**row)


def _fhir(r: Rows) -> bytes:
    entries = [
        {"resource": {"resourceType": "Observation", "subject": {"reference": f"Patient/{n}"},
                      "valueString": row["resultat"], "note": row["nom"]}}
        for n, row in enumerate(r)
    ]  # fmt: skip
    return json.dumps({"resourceType": "Bundle", "entry": entries}).encode()


def _cda(r: Rows) -> bytes:
    text = b64encode("".join(NOTE.format(**row) for row in r[:3]).encode()).decode()
    return (
        '<ClinicalDocument xmlns="urn:hl7-org:v3"><recordTarget><patientRole><patient><name>'
        f"<family>{r[0]['nom']}</family></name></patient></patientRole></recordTarget><component>"
        f'<nonXMLBody><text representation="B64">{text}</text></nonXMLBody></component>'
        "</ClinicalDocument>"
    ).encode()


def _rss(r: Rows) -> bytes:
    lines = []
    for n, row in enumerate(r[:30]):
        code = row["diagnostic_principal"].ljust(6)
        born = f"{1 + n % 28:02d}{1 + n % 12:02d}{1930 + n % 70}"
        lines.append(
            f"11{n % 23 + 1:02d}M05{1 + n % 4} 122000750313454022{n:08d}{born}1{code}0107202575015"
        )
    return "\n".join(lines).encode()
