"""What a catalogue's table says of the store in which its bytes rest."""

from __future__ import annotations

from datetime import date

from auditor import pipeline, settings
from auditor.bench import bench_of
from auditor.model import Category, Certainty, Coverage, CoverageState, DataStore, Scope
from auditor.runs import RunFolder


def store(id: str, kind: str, name: str, **more) -> DataStore:
    return DataStore(
        id=id, kind=kind, category=Category.OBJECT, partition="aws", account="1",
        region="eu-west-3", name=name, also=(name,), tags={}, collected="now", **more,
    )  # fmt: skip


def test_a_bucket_takes_what_a_table_says_of_it(tmp_path):
    columns = "ETA_NUM\nRSA_NUM\nNIR_ANO_17"
    stores = (
        store("b", "aws.s3.bucket", "lac-brut"),
        store("c", "aws.s3.bucket", "autre"),
        store("t", "aws.glue.table", "t24",
              facts={"columns": columns, "location": "s3://lac-brut/t24/"}),
    )  # fmt: skip
    registry, facts = pipeline.ready(settings.load(None, {}, ()))
    with RunFolder.start(tmp_path, "20260101T000000Z-0000", {"version": "0"}) as run:
        run.begin("u")
        for one in stores:
            run.write("u", one)
        scope = Scope(provider="aws", partition="aws", account="1", region="eu-west-3")
        run.finish("u", Coverage(scope=scope, kind="aws.s3.bucket", state=CoverageState.READ))
        run.seal({"ended": ""})
        bench = bench_of(run, registry, facts, date(2026, 11, 25))
    found = {one.id: bench.index.classified[one.id].certainty for one in stores}
    assert found == {
        "t": Certainty.PROBABLE, "b": Certainty.PROBABLE, "c": Certainty.NO_SIGN,
    }  # fmt: skip
    assert bench.index.health["lac-brut"].signals[-1].detector == "inherited"
