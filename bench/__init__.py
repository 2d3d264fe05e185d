"""Measuring the auditor beside a floor: the same calls in plain boto3, in one run."""
