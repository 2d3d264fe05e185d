"""Store types and rules: every public module below is read."""
