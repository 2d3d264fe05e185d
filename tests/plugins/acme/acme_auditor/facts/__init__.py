"""The words of our rules, in TOML below this folder."""
