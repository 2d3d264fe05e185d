"""Settings: where they come from, who wins, and what a mistake is told."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from auditor._settings_schema import keys
from auditor._settings_sources import lines_of
from auditor.errors import SettingsError
from auditor.settings import Settings, load, schema
from auditor.words import Words

SECRET = "hunter2-do-not-show"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "auditor.toml"


def refused(file: Path | None, environ: dict[str, str], *flags: str) -> str:
    """What is told of settings that cannot be followed."""
    with pytest.raises(SettingsError) as told:
        load(file, environ, flags)
    return str(told.value).replace(str(file), "FILE") if file else str(told.value)


def test_without_anything_every_key_has_its_default() -> None:
    settings = load(None, {})
    for path, node in keys(schema()):
        found = settings.section(path[0])
        for name in path[1:-1]:
            found = found[name]
        assert found.get(path[-1]) == node.get("default")
    assert settings.section("audit")["concurrency"] == 32


def test_defaults_are_settings() -> None:
    validator = Draft202012Validator(schema())
    Draft202012Validator.check_schema(schema())
    validator.validate(load(None, {}).public())


def test_the_environment_wins_over_the_file_and_flags_over_both(file: Path) -> None:
    file.write_text('[aws]\nrole = "file"\nregions = ["eu-west-1"]\nread_timeout = 7\n')
    environ = {"AUDITOR_AWS__ROLE": "environment", "AUDITOR_AWS__REGIONS": "eu-west-2,eu-west-3"}
    aws = load(file, environ, ["aws.role=flag"]).section("aws")
    assert (aws["role"], aws["regions"], aws["read_timeout"]) == (
        "flag", ["eu-west-2", "eu-west-3"], 7,
    )  # fmt: skip
    assert load(file, environ).section("aws")["role"] == "environment"
    assert load(file, {}).section("aws")["role"] == "file"


@pytest.mark.parametrize(
    ("flag", "section", "key", "value"),
    [
        ("audit.concurrency=4", "audit", "concurrency", 4),
        ("aws.connect_timeout=2", "aws", "connect_timeout", 2.0),
        ("aws.connect_timeout=0.5", "aws", "connect_timeout", 0.5),
        ("judge.allow_partial=true", "judge", "allow_partial", True),
        ("aws.organisation=false", "aws", "organisation", False),
        ("aws.organisation=auto", "aws", "organisation", "auto"),
        ("aws.role=007", "aws", "role", "007"),
        ("aws.regions=", "aws", "regions", []),
        ('audit.types=["aws.s3.*", "aws.rds.*"]', "audit", "types", ["aws.s3.*", "aws.rds.*"]),
        ("audit.types=aws.s3.*, aws.rds.*", "audit", "types", ["aws.s3.*", "aws.rds.*"]),
        ("aws.endpoints.s3=http://127.0.0.1", "aws", "endpoints", {"s3": "http://127.0.0.1"}),
        ('aws.endpoints={ s3 = "http://a" }', "aws", "endpoints", {"s3": "http://a"}),
        (
            "aws.accounts.include=111122223333", "aws", "accounts",
            {"include": ["111122223333"], "exclude": []},
        ),
    ],
)  # fmt: skip
def test_a_text_becomes_the_kind_that_its_key_takes(
    flag: str, section: str, key: str, value: object
) -> None:
    found = load(None, {}, [flag]).section(section)[key]
    assert found == value
    assert type(found) is type(value)
    name, _, text = flag.partition("=")
    variable = "AUDITOR_" + name.replace(".", "__").upper()
    assert load(None, {variable: text}).section(section)[key] == value


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("[audit]\nconcurency = 3", "FILE:2: audit.concurency: there is no such key — write conc"),
        ("[reports]", "FILE:1: reports: there is no such section — write report"),
        ("[audit]\nfail_on = []", "FILE:2: audit.fail_on: there is no such key — write it in [ju"),
        ("[runs]\nzzz = 1", "FILE:2: runs.zzz: there is no such key — known: dir"),
        (
            '[audit]\nattempts = "8"',
            "FILE:2: audit.attempts: expected a whole number, found a text — for example attem",
        ),
        (
            "[aws.accounts]\ninclude = [\n  111122223333,\n]",
            "FILE:2: aws.accounts.include: expected a text in quotes, found a number"
            ' — for example include = ["111122223333"]',
        ),
        ("[audit]\nconcurrency = 0", "FILE:2: audit.concurrency: expected 1 or more"),
        ("[audit]\nconcurrency = 999", "FILE:2: audit.concurrency: expected 256 or less"),
        ("[aws]\nread_timeout = 0", "FILE:2: aws.read_timeout: expected more than 0"),
        (
            '[judge]\nfail_on = ["blockin"]',
            'FILE:2: judge.fail_on: expected one of "blocking", "major", "minor", "info",'
            ' "undetermined" — write "blocking"',
        ),
        ("aws = 3", "FILE:1: aws: expected a table, found a number"),
        ("[runs]\ndir = 2026-11-24", "FILE:2: runs.dir: expected a text in quotes, found a date"),
    ],
)  # fmt: skip
def test_a_mistake_is_told_with_its_line_and_what_to_write(
    file: Path, written: str, told: str
) -> None:
    file.write_text(written + "\n")
    assert refused(file, {}).startswith(told)


def test_all_mistakes_are_told_at_once_in_the_order_of_the_lines(file: Path) -> None:
    file.write_text('[audit]\nconcurency = 3\n\n[aws]\nendpoint = "ftp://x"\nrol = "a"\n')
    told = refused(file, {"AUDITOR_JUDGE__FAIL": "x"}, "nothing", "report.lang=de").splitlines()
    places = [line.partition(": ")[0] for line in told]
    assert places == ["FILE:2", "FILE:5", "FILE:6", "--set", "--set", "AUDITOR_JUDGE__FAIL"]


@pytest.mark.parametrize(
    ("written", "line"),
    [
        ("[audit\n", 1),
        ("[audit]\nconcurrency = \n", 2),
        ('[aws]\nrole = "a\n', 2),
        ("[a]\nx = [1,\n", 2),
    ],
)
def test_a_file_that_is_no_toml_is_told_with_its_line(file: Path, written: str, line: int) -> None:
    file.write_text(written)
    assert re.match(rf"FILE:{line}: not TOML: ", refused(file, {}))


def test_a_file_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    assert "cannot be read" in refused(tmp_path / "absent.toml", {})
    assert "cannot be read" in refused(tmp_path, {})
    (tmp_path / "latin.toml").write_bytes('[aws]\nrole = "\xe9"'.encode("latin-1"))
    assert "not UTF-8" in refused(tmp_path / "latin.toml", {})


def test_lines_are_those_of_the_keys_whatever_stands_between() -> None:
    text = (
        "# a = 1\n[aws]\nregions = [ # [\n  'b = 2',\n  \"]\",\n]\nrole = '''\nc = 3\n'''\n"
        "accounts.include = []\n[aws.endpoints] # e\n\"s3\" = 'x'\n"
    )
    assert lines_of(text) == {
        ("aws",): 2,
        ("aws", "regions"): 3,
        ("aws", "role"): 7,
        ("aws", "accounts", "include"): 10,
        ("aws", "endpoints"): 11,
        ("aws", "endpoints", "s3"): 12,
    }


def test_variables_without_a_section_are_not_settings() -> None:
    load(None, {"AUDITOR_LOG": "-", "AUDITORS__X": "1", "PATH": "/bin"})


# ---------------------------------------------------------------------- secrets


def test_a_secret_comes_by_the_environment_and_is_never_shown() -> None:
    settings = load(None, {"AUDITOR_AWS__EXTERNAL_ID": SECRET})
    assert settings.section("aws")["external_id"] == SECRET
    assert SECRET not in repr(settings) + str(settings) + str(settings.public())
    assert "external_id" not in settings.public()["aws"]


def test_a_secret_comes_from_a_file_of_its_own(tmp_path: Path, file: Path) -> None:
    (tmp_path / "secret").write_text(SECRET + "\n")
    file.write_text(f'[aws]\nexternal_id_file = "{tmp_path / "secret"}"\n')
    settings = load(file, {})
    assert settings.section("aws")["external_id"] == SECRET
    assert SECRET not in repr(settings)
    nearer = load(file, {"AUDITOR_AWS__EXTERNAL_ID": "nearer"})
    assert nearer.section("aws")["external_id"] == "nearer"


@pytest.mark.parametrize(("content", "told"), [(None, "cannot be read"), (" \n", "is empty")])
def test_a_secret_file_that_holds_none_is_told(
    tmp_path: Path, content: str | None, told: str
) -> None:
    path = tmp_path / "secret"
    if content is not None:
        path.write_text(content)
    assert told in refused(None, {"AUDITOR_AWS__EXTERNAL_ID_FILE": str(path)})


def test_a_secret_in_a_flag_or_in_the_settings_file_is_refused_and_not_repeated(file: Path) -> None:
    file.write_text(f'[aws]\nexternal_id = "{SECRET}"\n')
    for told in (refused(file, {}), refused(None, {}, f"aws.external_id={SECRET}")):
        assert "AUDITOR_AWS__EXTERNAL_ID" in told
        assert "external_id_file" in told
        assert SECRET not in told


@pytest.mark.parametrize("key", ["external_id", "rol", "endpoint", "concurrency", "organisation"])
def test_no_value_is_repeated(key: str) -> None:
    for section in ("aws", "audit"):
        environ = {f"AUDITOR_{section}__{key}".upper(): f"http://u:{SECRET}@x {SECRET}"}
        if (section, key) != ("aws", "external_id"):
            assert SECRET not in refused(None, environ)


def test_an_address_with_a_password_is_refused() -> None:
    told = refused(None, {}, f"aws.endpoint=https://user:{SECRET}@host")
    assert told.startswith("--set: aws.endpoint: it does not have the expected form")
    assert SECRET not in told


# ---------------------------------------------------------------------- values


def test_replacing_leaves_the_first_as_it_was() -> None:
    first = load(None, {})
    second = first.replacing("judge", fail_on=["major"])
    assert first.section("judge")["fail_on"] == []
    assert second.section("judge") == {**first.section("judge"), "fail_on": ["major"]}
    assert isinstance(second, Settings)


def test_mistakes_are_told_in_another_language() -> None:
    with pytest.raises(SettingsError) as told:
        load(None, {}, ["audit.concurrency=0"])
    english: str = told.value.told(Words("en"))
    other: str = told.value.told(_french)
    assert english == str(told.value) == "--set: audit.concurrency: expected 1 or more"
    assert other == "--set: audit.concurrency: expected 1 ou plus"


def _french(text: str) -> str:
    return text.replace("or more", "ou plus")
