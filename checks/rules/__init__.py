"""How a store is judged: one module per family of rules, all blind to the provider."""
