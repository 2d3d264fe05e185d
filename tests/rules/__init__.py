"""The rules, each with its table; and the words they are told in."""
