"""Checks that need more than one report: other years, other units, other versions, the register."""
