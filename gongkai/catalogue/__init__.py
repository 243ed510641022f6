"""The catalogue: metrics, forms, identities, checks and the rest of data/, validated when it is loaded."""
