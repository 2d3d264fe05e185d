"""Clients without retries or redirects, whose credentials are those of the account being asked.

Nearly all of boto3's time is building clients: the generated class of a service is built once,
and one client per (service, region) serves all accounts.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Mapping
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any, ClassVar
from urllib.parse import urlsplit

import botocore
import botocore.client
from botocore.config import Config
from botocore.credentials import ReadOnlyCredentials

if TYPE_CHECKING:
    from ._credentials import Credentials

WHO: ContextVar[str] = ContextVar("account")
_AGENT = f"health-residency-auditor Botocore/{botocore.__version__}"


class _Signers:
    """Stands where a client keeps its credentials; answers with the present call's account."""

    token = account_id = None
    method = "context"

    def __init__(self, credentials: Credentials) -> None:
        self._credentials = credentials

    def get_deferred_property(self, property_name: str) -> Any:
        """What an endpoint may depend on; none of ours depends on the account."""
        return lambda: None

    def get_frozen_credentials(self) -> ReadOnlyCredentials:
        """The credentials of the account that is being asked."""
        return self._credentials.frozen(WHO.get())


class _Creator(botocore.client.ClientCreator):  # type: ignore[misc]
    """Builds clients without retries or redirects, and each service's class only once."""

    classes: ClassVar[dict[str, type]] = {}

    def _create_client_class(self, service_name: str, service_model: Any) -> type:
        if service_name not in self.classes:
            self.classes[service_name] = super()._create_client_class(service_name, service_model)
        return self.classes[service_name]

    def _register_retries(self, client: Any) -> None:
        """The engine retries, under its own pace."""

    def _register_s3_events(self, client: Any, **_: Any) -> None:
        """S3's events without its redirector, which retries by itself and asks `ListBucket`."""
        if client.meta.service_model.service_name == "s3":
            build = self._inject_s3_input_parameters
            client.meta.events.register("before-parameter-build.s3", build)


def build(
    session: Any,
    settings: Mapping[str, Any],
    credentials: Credentials,
    service: str,
    region: str,
) -> Any:
    """What `Session.create_client` does, with the class cache and the shared credentials."""
    store = copy.copy(session.get_component("config_store"))
    session._add_configured_endpoint_provider(client_name=service, config_store=store)
    internal = session._get_internal_component
    creator = _Creator(
        session.get_component("data_loader"),
        internal("endpoint_resolver"),
        session.user_agent(),
        session.get_component("event_emitter"),
        None,
        None,
        session.get_component("response_parser_factory"),
        internal("exceptions_factory"),
        store,
        user_agent_creator=session.get_component("user_agent_creator"),
    )
    endpoints = settings.get("endpoints") or {}
    client = creator.create_client(
        service_name=service,
        region_name=region,
        endpoint_url=endpoints.get(service) or settings.get("endpoint") or None,
        verify=settings.get("ca_bundle") or session.get_config_variable("ca_bundle"),
        credentials=_Signers(credentials),
        scoped_config=session.get_scoped_config(),
        client_config=_config(settings),
    )
    if not _is_aws(client.meta.endpoint_url):  # an emulator has no host per account or service
        client.meta.config.inject_host_prefix = False
        client.meta.events.register("before-call.s3-control", _without_account)
    return client


def _config(settings: Mapping[str, Any]) -> Config:
    return Config(
        connect_timeout=settings.get("connect_timeout", 5.0),
        read_timeout=settings.get("read_timeout", 30.0),
        max_pool_connections=64,
        parameter_validation=False,  # checked against the models by a test, not at each call
        account_id_endpoint_mode="disabled",
        s3={"us_east_1_regional_endpoint": "regional"},
        user_agent=_AGENT,  # whole: botocore would put its own together anew for each call
    )


def _without_account(params: dict[str, Any], **_: Any) -> None:
    """The host that S3 Control's own rules put an account before, without it."""
    params["url"] = re.sub(r"(?<=//)\d{12}\.", "", params["url"])


def _is_aws(url: str) -> bool:
    host = urlsplit(url).hostname or ""
    return any(mark in host for mark in (".amazonaws.", ".api.aws", ".api.amazonwebservices"))
