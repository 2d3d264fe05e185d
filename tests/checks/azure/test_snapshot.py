"""How the snapshot is made of SDKs: two small ones, one of either generation."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from bench.azure_models import Snapshot, Type, age, versions
from bench.azure_sdks import Room, rooms, type_of

URL = "/subscriptions/{s}/resourceGroups/{g}/providers/Some.Space/things/{thing}"

NEWER_MODELS = '''
class Resource(_Model):
    id: Optional[str] = rest_field(visibility=["read"])

class Thing(Resource):
    """A thing."""
    properties: Optional["_models.Inner"] = rest_field()
    sku_name: Optional[Union[str, "_models.Tier"]] = rest_field(name="skuName")

class Inner(_Model):
    made_at: Optional[datetime.datetime] = rest_field(name="madeAt", format="rfc3339")
    seconds: Optional[datetime.datetime] = rest_field(format="unix-timestamp")
    parts: Optional[list["_models.Part"]] = rest_field()
    words: Optional[dict[str, str]] = rest_field()
    hours: Optional[Union[int, "_models.Hours"]] = rest_field()

class Part(_Model):
    __mapping__: dict[str, _Model] = {}
    kind: str = rest_discriminator(name="kind")
    parts: Optional[list["_models.Part"]] = rest_field()

class RoundPart(Part, discriminator="Round"):
    kind: Literal["Round"] = rest_discriminator(name="kind")
    radius: Optional[int] = rest_field()
'''

OLDER_MODELS = '''
class Resource(_serialization.Model):
    _attribute_map = {"id": {"key": "id", "type": "str"}}

class Thing(Resource):
    """A thing.

    :ivar tier: Its tier. Known values are: "Low" and
     "High".
    :vartype tier: str or
     ~azure.mgmt.some.models.Tier
    :ivar on: Whether.
    :vartype on: bool
    """
    _attribute_map = {
        "tier": {"key": "properties.tier", "type": "str"},
        "on": {"key": "properties.is\\\\.on", "type": "bool"},
        "shapes": {"key": "properties.shapes", "type": "[Shape]"},
        "more": {"key": "", "type": "{object}"},
    }

class Shape(_serialization.Model):
    _attribute_map = {"shape_kind": {"key": "shapeKind", "type": "str"}}
    _subtype_map = {"shape_kind": {"Circle": "Circle"}}

class Circle(Shape):
    _attribute_map = {
        "shape_kind": {"key": "shapeKind", "type": "str"},
        "radius": {"key": "radius", "type": "float"},
    }
'''

ENUMS = '''
class Tier(str, Enum, metaclass=CaseInsensitiveEnumMeta):
    """A tier."""
    LOW = "Low"
    HIGH = "High"

class Hours(int, Enum):
    HALF = 12
    WHOLE = 24
'''

OPERATIONS = '''
def build_things_get_request(thing, **kwargs):
    api_version: str = kwargs.pop("api_version", _params.pop("api-version", "{version}"))
    _url = "{url}"
    return HttpRequest(method="GET", url=_url)

def build_things_list_keys_request(thing, **kwargs):
    api_version: str = kwargs.pop("api_version", _params.pop("api-version", "{version}"))
    _url = "{url}/listKeys"
    return HttpRequest(method="POST", url=_url)

class ThingsOperations:
    def get(self, thing):
        """Gets it.

        :return: Thing
        :rtype: ~azure.mgmt.some.models.Thing
        :raises: nothing
        """
        return build_things_get_request(thing)

    def list_keys(self, thing):
        """Its keys.

        :rtype: ~azure.mgmt.some.models.Thing
        """
        return build_things_list_keys_request(thing)
'''


def room(folder: Path, models: str, version: str = "2025-01-01") -> Room:
    written = {
        "operations/_operations.py": OPERATIONS.replace("{version}", version).replace("{url}", URL),
        "models/_models.py": models,
        "models/_enums.py": ENUMS,
    }
    for name, text in written.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    (found,) = rooms(folder, "some")
    return found


def test_a_model_of_rest_fields(tmp_path: Path) -> None:
    found = room(tmp_path, NEWER_MODELS)
    assert found.members("Thing") == {"id": "s", "properties": "=Inner", "skuName": "?Tier"}
    assert found.members("Inner") == {
        "madeAt": "t",
        "seconds": "n",
        "parts": ["l", "=Part"],
        "words": ["m", "s"],
        "hours": "n",
    }
    assert found.members("Part") == {"kind": "s", "parts": ["l", "=Part"], "radius": "n"}
    assert found.choices == {"Tier": ["Low", "High"]}


def test_a_model_of_an_attribute_map(tmp_path: Path) -> None:
    found = room(tmp_path, OLDER_MODELS)
    assert found.members("Thing") == {
        "id": "s",
        "properties": {"tier": "?Tier", "is.on": "b", "shapes": ["l", "=Shape"]},
    }
    assert found.members("Shape") == {"shapeKind": "s", "radius": "n"}


def test_only_gets_are_read(tmp_path: Path) -> None:
    (read,) = room(tmp_path, NEWER_MODELS).reads
    assert (read.type, read.version, read.model) == ("Some.Space/things", "2025-01-01", "Thing")


@pytest.mark.parametrize(
    ("url", "kind"),
    [
        (URL, "Some.Space/things"),
        (f"{URL}/parts", "Some.Space/things/parts"),
        (f"{URL}/services/default/parts/{{part}}", "Some.Space/things/services/parts"),
        ("/{scope}/providers/Some.Space/things/{thing}", "Some.Space/things"),
        ("/subscriptions", "Microsoft.Resources/subscriptions"),
        (
            "/subscriptions/{s}/resourceGroups/{g}",
            "Microsoft.Resources/subscriptions/resourceGroups",
        ),
        ("/{resourceId}/providers/Some.Space/{kind}/{name}", ""),
    ],
)
def test_the_type_that_an_address_names(url: str, kind: str) -> None:
    assert type_of(url) == kind


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 0, 2)])
def test_a_stable_version_is_taken_before_a_later_preview(tmp_path: Path, order: Any) -> None:
    told = ("2023-01-01", "2024-01-01", "2026-01-01-preview")
    snapshot = Snapshot()
    for number in order:
        found = room(tmp_path / str(number), NEWER_MODELS, told[number])
        found.name = f"room{number}"
        snapshot.take(found)
    snapshot.close()
    assert snapshot.types["some.space/things"].version == "2024-01-01"
    assert sorted(snapshot.definitions) == ["room1:Inner", "room1:Part", "room1:Thing"]
    assert snapshot.choices == {"room1:Tier": ["High", "Low"]}


def test_previews_are_the_oldest() -> None:
    told = ["2025-01-01", "2026-09-01-preview", "2026-01-01", "2015-01-01"]
    assert sorted(told, key=age) == ["2026-09-01-preview", "2015-01-01", "2025-01-01", "2026-01-01"]


def test_a_version_is_told_where_the_type_above_has_another() -> None:
    told = {
        "a/one": "2025-01-01",
        "a/one/below": "2025-01-01",
        "a/two": "2024-01-01",
        "a/two/below": "2025-01-01",
        "a/two/other": "2024-01-01",
    }
    types = {key: Type(key, version) for key, version in told.items()}
    assert versions(types) == {
        "a": {"": "2025-01-01", "two": "2024-01-01", "two/below": "2025-01-01"}
    }
