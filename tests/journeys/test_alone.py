"""Journeys that each have a cloud of their own.

They stand apart: an emulator is one for a whole process, and to begin another empties it, under the
feet of a module whose tests share one, in whatever order they are taken.
"""

from __future__ import annotations

from datetime import date

import pytest

from auditor.model import Place, Reached
from auditor.runs import RunFolder
from tests.clouds.fakes import Fakes
from tests.clouds.ground import MANAGEMENT, Ground

from .small import TYPES, audit, cloud, kinds


def test_the_european_sovereign_cloud_is_an_offer_of_its_own(tmp_path):
    region = "eusc-de-east-1"
    there = {"RegionName": region, "OptInStatus": "opt-in-not-required"}
    listed = {("ec2", "DescribeRegions"): {"Regions": [there]}}  # moto's list lacks it
    with cloud(region=region) as (url, _), Fakes(listed, behind=url) as fakes:
        done = audit(fakes.url, tmp_path, region=region)
    assert done.exit_code == 0
    with RunFolder.open(done.run) as run:
        stores = list(run.stores())
        judged = list(run.judgement(date.today(), "", replay=False).judged())
        assert run.header["identity"]["aws"]["partition"] == "aws-eusc"
    assert kinds(done.run) == dict.fromkeys(TYPES, 3)
    assert {s.partition for s in stores} == {"aws-eusc"}
    assert all(s.id.startswith("arn:aws-eusc:") for s in stores)
    assert {j.offer for j in judged} == {"aws-european-sovereign-cloud"}
    places = {p for j in judged for p in j.places}
    assert {p.country if isinstance(p, Place) else p for p in places} == {"DE"}
    assert {j.reach for j in judged} == {Reached.LINKED}


def _without_account(params, **_):
    """An emulator has no host per account."""
    params["url"] = params["url"].replace(f"{MANAGEMENT}.", "")


@pytest.mark.parametrize(("blocked", "outcome"), [(False, "deviates"), (True, "met")])
def test_what_an_account_refuses_of_public_access_holds_for_its_buckets(tmp_path, blocked, outcome):
    with cloud(each=1) as (url, _):
        ground = Ground(url)
        ground.start_sessions()
        name = f"patients-{MANAGEMENT[-4:]}-0"
        ground.client(MANAGEMENT, "s3").put_bucket_acl(Bucket=name, ACL="public-read")
        if blocked:
            names = ("BlockPublicAcls", "IgnorePublicAcls", "BlockPublicPolicy",
                     "RestrictPublicBuckets")  # fmt: skip
            control = ground.client(MANAGEMENT, "s3control")
            control.meta.events.register("before-call.s3-control", _without_account)
            control.put_public_access_block(
                AccountId=MANAGEMENT, PublicAccessBlockConfiguration=dict.fromkeys(names, True)
            )
        done = audit(url, tmp_path, "audit.types=aws.s3.bucket")
    assert done.exit_code == 0
    assert done.summary.outcomes["SHR001"] == {outcome: 1}
