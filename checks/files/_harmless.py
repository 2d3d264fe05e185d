"""Resource types that hold no data of anybody: what runs, connects, names, allows or watches.

Whatever is not here may hold data, and is told when no store type reads it. The families are those
of https://learn.microsoft.com/azure/azure-resource-manager/management/azure-services-resource-providers,
https://cloud.google.com/asset-inventory/docs/asset-types,
https://docs.aws.amazon.com/config/latest/developerguide/resource-config-reference.html and, for
Terraform, of the documentation of each provider (https://registry.terraform.io/browse/providers).
"""

from __future__ import annotations

import re

from ._rows import TERRAFORM

_AZURE = (
    r"microsoft\.(authorization|managedidentity|network|resources|policyinsights|advisor"
    r"|alertsmanagement|managedservices|management|subscription|billing|consumption|capacity)/.*",
    r"microsoft\.compute/(availabilitysets|proximityplacementgroups|sshpublickeys|hostgroups.*"
    r"|virtualmachines/extensions|virtualmachinescalesets/extensions)",
    r"microsoft\.insights/(actiongroups|activitylogalerts|metricalerts|scheduledqueryrules"
    r"|autoscalesettings)",
    r"microsoft\.web/(serverfarms|certificates)",
)
_GCP = (
    r"(iam|dns|cloudresourcemanager|serviceusage|cloudbilling|networkmanagement|orgpolicy"
    r"|servicenetworking|vpcaccess|networkconnectivity|networksecurity|networkservices"
    r"|iap|essentialcontacts)\.[^/]+/.*",
    r"compute\.[^/]+/(address|autoscaler|backendservice|externalvpngateway|firewall|firewallpolicy"
    r"|forwardingrule|globaladdress|globalforwardingrule|healthcheck|interconnect.*|network"
    r"|networkendpointgroup|packetmirroring|project|reservation|resourcepolicy|route|router"
    r"|securitypolicy|serviceattachment|sslcertificate|sslpolicy|subnetwork|target.*|urlmap"
    r"|vpngateway|vpntunnel)",
    r"monitoring\.[^/]+/alertpolicy",
)
_CONFIG = (
    r"aws::(iam|route53|route53resolver|elasticloadbalancing(v2)?|autoscaling|certificatemanager|acm"
    r"|networkfirewall|waf.*|globalaccelerator|servicediscovery|config|shield|ram|accessanalyzer"
    r"|applicationautoscaling)::.*",
    r"aws::ec2::(vpc.*|subnet.*|securitygroup|routetable|internetgateway|natgateway|networkacl"
    r"|networkinterface|eip|transitgateway.*|customergateway|vpngateway|vpnconnection|dhcpoptions"
    r"|egressonlyinternetgateway|prefixlist|clientvpn.*)",
    r"aws::cloudwatch::alarm",
)
_STATE = (
    r"(random|null|time|tls|template|archive|external|http)_.*",
    r"terraform_(data|remote_state)",
    r"aws_(iam|route53|lb|alb|elb|acm|security_group|vpc|subnet|route|internet_gateway|nat_gateway"
    r"|network|eip|autoscaling|launch|appautoscaling|wafv2|organizations|ram|default)(_.*)?",
    r"aws_cloudwatch_metric_alarm",
    r"azurerm_(resource_group|role_.*|virtual_network.*|subnet.*|network_.*|public_ip.*"
    r"|private_.*|dns_.*|route.*|lb.*|user_assigned_identity|management_lock|policy_.*|nat_gateway.*"
    r"|application_gateway|firewall.*|monitor_action_group|monitor_metric_alert)",
    r"google_(project.*|service_account.*|compute_(network.*|subnetwork.*|firewall.*|route.*|address"
    r"|global_address|health_check|backend_service|url_map|forwarding_rule|target_.*)|dns_.*"
    r"|.*_iam_(member|binding|policy))",
)


def _family(*patterns: str) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{one})" for one in patterns), re.IGNORECASE)


_BY_PROVIDER = {"azure": _family(*_AZURE), "gcp": _family(*_GCP), "aws": _family(*_CONFIG)}
_IN_STATES = _family(*_STATE)


def holds_nothing(provider: str, form: str, type_: str) -> bool:
    """Whether resources of this type are known to hold no data; what is not known may."""
    found = _IN_STATES if form == TERRAFORM else _BY_PROVIDER.get(provider)
    return bool(found and found.fullmatch(type_))
