"""The facts: their contracts, their days, and what is said of a place and an offer."""
