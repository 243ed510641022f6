"""Agencies: what their names say, and who the author of a report is."""
