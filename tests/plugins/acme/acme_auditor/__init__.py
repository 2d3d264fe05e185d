"""What the Acme hospital adds to the auditor."""
