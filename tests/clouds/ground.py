"""What an estate is built on: clients per account and region, and the list of what was made."""

from __future__ import annotations

import random
import urllib.request
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

MANAGEMENT = "123456789012"  # the account that moto's own credentials belong to
OUTSIDER = "210987654321"  # an account that is in no organisation of ours
HEALTH = (
    "patients", "dossier-medical", "imagerie-dicom", "labo-hl7", "ehr-export", "radiologie", "pmsi",
    "fhir-raw", "genomics-vcf", "oncologie", "urgences", "cardio-ecg", "omop", "claims-icd10",
)  # fmt: skip
PLAIN = (
    "app-logs", "static-assets", "tf-state", "cdn", "billing", "ci-artifacts", "web", "metrics",
    "config", "mail", "images", "reports", "queue", "cache", "etl-tmp",
)  # fmt: skip
# Tag values that a stranger may choose: HTML, an escape, a newline, a formula, a turn of direction.
HOSTILE: Mapping[str, str] = {
    "html": "<script>alert(1)</script><img src=x onerror=alert(2)>",
    "ansi": "\x9b31mrouge\x9b0m",  # the one-character form: XML cannot carry the other
    "newline": "ligne\nnouvelle\r\nligne",
    "formula": '=HYPERLINK("http://example.org";"cliquez")',
    "direction": "\u202egpj.exe\u202c",
}
ESCAPE = "\x1b]0;titre\x07\x1b[31mrouge\x1b[0m"  # JSON can carry it


@dataclass(frozen=True, slots=True)
class Rest:
    """A further place where a store's bytes rest."""

    region: str
    account: str
    role: str = "replica"


@dataclass(frozen=True, slots=True)
class Shared:
    """With whom a store is shared: an account, or everybody."""

    party: str  # public, account, organisation
    account: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """One store of the estate as it truly is: what an audit's answer is scored by."""

    kind: str
    account: str
    region: str
    id: str
    name: str
    health: bool = False
    tags: Mapping[str, str] = field(default_factory=dict)
    copies: tuple[Rest, ...] = ()
    shares: tuple[Shared, ...] = ()
    key: str = ""
    origin: str = ""

    @property
    def public(self) -> bool:
        """Whether anybody at all may reach it."""
        return any(share.party == "public" for share in self.shares)


@dataclass(slots=True)
class Ground:
    """A moto server seen through the credentials of every account."""

    endpoint: str
    seed: int = 7
    made: list[Made] = field(default_factory=list)
    skipped: list[str] = field(default_factory=list)
    _sessions: dict[str, Any] = field(default_factory=dict)
    _clients: dict[tuple[str, str, str], Any] = field(default_factory=dict)

    def start(self) -> None:
        """Empty the emulator and fix what it draws."""
        self.post("reset")
        self.post(f"seed?a={self.seed}")
        self.start_sessions()

    def start_sessions(self) -> None:
        """Take up the management account's credentials; the others' roles follow when needed."""
        self._sessions[MANAGEMENT] = boto3.Session(MANAGEMENT, "test", region_name="us-east-1")

    def post(self, path: str) -> None:
        """Ask moto itself, not the cloud that it plays."""
        url = f"{self.endpoint}/moto-api/{path}"
        urllib.request.urlopen(urllib.request.Request(url, method="POST"), timeout=30).close()

    def client(self, account: str, service: str, region: str = "us-east-1") -> Any:
        """A client with the credentials of an account; roles are assumed once."""
        where = (account, service, region)
        if where not in self._clients:
            config = Config(retries={"max_attempts": 2}, parameter_validation=False)
            self._clients[where] = self._session(account).client(
                service, region_name=region, endpoint_url=self.endpoint, config=config
            )
        return self._clients[where]

    def _session(self, account: str) -> Any:
        if account not in self._sessions:
            role = f"arn:aws:iam::{account}:role/audit"
            sts = self.client(MANAGEMENT, "sts")
            lent = sts.assume_role(RoleArn=role, RoleSessionName="estate")["Credentials"]
            self._sessions[account] = boto3.Session(
                lent["AccessKeyId"], lent["SecretAccessKey"], lent["SessionToken"]
            )
        return self._sessions[account]

    def dice(self, *where: object) -> random.Random:
        """Chances that depend on the seed and the place only."""
        return random.Random("/".join(map(str, (self.seed, *where))))

    def attempt(self, what: str, make: Any) -> None:
        """Make one thing; what the emulator cannot make is told, once."""
        try:
            make()
        except (ClientError, BotoCoreError) as error:
            told = f"{what}: {str(error).splitlines()[0][:120]}"
            if not any(line.startswith(f"{what}:") for line in self.skipped):
                self.skipped.append(told)

    def truth(self) -> dict[str, Any]:
        """The list of what was made, as JSON values."""
        stores = sorted(self.made, key=lambda m: (m.account, m.region, m.kind, m.id))
        return {
            "stores": [{**asdict(made), "public": made.public} for made in stores],
            "skipped": sorted(self.skipped),
        }


def listed(tags: Mapping[str, str]) -> list[dict[str, str]]:
    """Tags as most of AWS spells them."""
    return [{"Key": key, "Value": value} for key, value in tags.items()]


def tags_of(dice: random.Random, health: bool) -> dict[str, str]:
    """A plausible set of tags."""
    tags = {"team": dice.choice(("data", "platform", "clinical", "finance", "research"))}
    tags["env"] = dice.choice(("prod", "prod", "preprod", "dev"))
    if health and dice.random() < 0.6:
        key = dice.choice(("data-class", "DataClassification", "classification"))
        tags[key] = dice.choice(("phi", "sante", "health", "hds"))
    elif dice.random() < 0.2:
        tags["data-class"] = dice.choice(("public", "internal"))
    return tags
