"""Amazon Web Services, every partition of it."""

from auditor.sdk import Provider

provider = Provider(
    "aws",
    api="auditor.checks.aws._api:connect",
    permissions="auditor.checks.aws._permissions:policy",
    terraform="auditor.checks.aws._permissions:terraform",
    models="auditor.checks.aws._models:models",
    rows="auditor.checks.aws._exported:rows",
    objects="auditor.checks.aws._objects:bucket",
    schemes=("s3",),
    sampled=("aws.s3.bucket",),
    sampling=("s3:ListObjectsV2", "s3:GetObject"),
    at_hand="auditor.checks.aws._at_hand:at_hand",
)
