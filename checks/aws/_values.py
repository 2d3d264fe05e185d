"""Values that several AWS services share: the parts of an ARN, the name tag, local zones."""

from __future__ import annotations

from typing import Any

from auditor.sdk import Part

# arn:partition:service:region:account:resource
_REGION, _ACCOUNT = 3, 4

NAME_TAG = "Tags[?Key=='Name'].Value | [0]"

# The zone, where it is a Local Zone or a Wavelength Zone (eu-west-3-cmn-1a): such a zone may lie
# in another country than the region it belongs to, so it is told in the region's place. The name
# of an ordinary zone is its region and one letter, at most 15 characters (ap-southeast-1a); the
# shortest region (us-east-1) and a zone's suffix (-bos-1a) already make 16.
# https://docs.aws.amazon.com/local-zones/latest/ug/available-local-zones.html
LOCAL_ZONE = "[AvailabilityZone][?length(@ || '') > `15`] | [0]"


def region_of(arn: Any) -> Part:
    """The region that an ARN names."""
    return Part(arn, ":", _REGION)


def account_of(arn: Any) -> Part:
    """The account that an ARN names."""
    return Part(arn, ":", _ACCOUNT)


def bucket_of(uri: Any) -> Part:
    """The bucket of an address such as `s3://bucket/prefix`."""
    return Part(uri, "/", 2)
