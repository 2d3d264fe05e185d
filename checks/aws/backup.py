"""AWS Backup: vaults, the recovery points in them, and the plans that copy elsewhere.

A recovery point of EBS or RDS is also a snapshot there, under the same ARN: it is told here under
the vault that holds it, whose lock and policy are what protects it. Its tags are not asked: the
service answers only for points whose ARN is its own
(https://docs.aws.amazon.com/aws-backup/latest/devguide/API_ListTags.html). A plan holds no bytes:
it is the evidence of where copies will go, in accounts that are not audited too.
"""

from __future__ import annotations

from auditor.sdk import Ask, Category, Copies, Listing, Policy, Ref, Role, StoreType, Text

from ._values import account_of, region_of

_policy = Ask(
    "backup:GetBackupVaultAccessPolicy",
    {"BackupVaultName": "BackupVaultName"},
    absent=("ResourceNotFoundException",),  # the vault was just listed: it has no policy
)
_plan = Ask("backup:GetBackupPlan", {"BackupPlanId": "BackupPlanId"})

vault = StoreType(
    "aws.backup.vault",
    category=Category.BACKUP,
    listing=Listing("backup:ListBackupVaults", items="BackupVaultList"),
    id="BackupVaultArn",
    also=("BackupVaultName",),
    label="BackupVaultName",
    created="CreationDate",
    tags=Ask("backup:ListTags", {"ResourceArn": "BackupVaultArn"})["Tags"],
    encrypted="EncryptionKeyArn && `true`",
    key=Ref("aws.kms.key", "EncryptionKeyArn"),
    shares=(Policy(_policy["Policy"]),),
    facts={"flavour": "VaultType || ''", "locked": "Locked || `false`"},
    source="https://docs.aws.amazon.com/aws-backup/latest/devguide/API_ListBackupVaults.html",
)

recovery_point = StoreType(
    "aws.backup.recovery_point",
    category=Category.BACKUP,
    listing=Listing(
        "backup:ListBackupVaults",
        items="BackupVaultList",
        each=Listing(
            "backup:ListRecoveryPointsByBackupVault",
            items="RecoveryPoints",
            params={"BackupVaultName": "BackupVaultName"},
        ),
    ),
    id=Text("{parent.BackupVaultArn}/{RecoveryPointArn}"),
    also=("RecoveryPointArn",),
    label="ResourceName",
    bytes="BackupSizeInBytes",
    created="CreationDate",
    encrypted="IsEncrypted",
    key=Ref("aws.kms.key", "EncryptionKeyArn"),
    origin=Ref("*", "ResourceArn"),
    parent=Ref("aws.backup.vault", "parent.BackupVaultArn"),
    facts={"of": "ResourceType", "copied_from": "SourceBackupVaultArn || ''"},
    source="https://docs.aws.amazon.com/aws-backup/latest/devguide/API_ListRecoveryPointsByBackupVault.html",
)

plan = StoreType(
    "aws.backup.plan",
    category=Category.BACKUP,
    listing=Listing("backup:ListBackupPlans", items="BackupPlansList"),
    id="BackupPlanArn",
    also=("BackupPlanId",),
    label="BackupPlanName",
    created="CreationDate",
    tags=Ask("backup:ListTags", {"ResourceArn": "BackupPlanArn"})["Tags"],
    copies=(
        Copies(
            items=_plan["BackupPlan.Rules[].CopyActions[].DestinationBackupVaultArn"],
            role=Role.BACKUP,
            id="@",
            region=region_of("@"),
            account=account_of("@"),
        ),
        Copies(
            items=_plan["BackupPlan.Rules[].TargetLogicallyAirGappedBackupVaultArn"],
            role=Role.BACKUP,
            id="@",
            region=region_of("@"),
            account=account_of("@"),
        ),
    ),
    source="https://docs.aws.amazon.com/aws-backup/latest/devguide/API_GetBackupPlan.html",
)
