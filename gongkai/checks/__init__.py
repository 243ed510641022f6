"""Figures become findings: what is wrong in a report, kept apart from doubts about our reading of it."""
