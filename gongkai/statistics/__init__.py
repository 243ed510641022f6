"""Rates, intervals, funnel limits, shrinkage, rank ranges, outliers: pure functions of numbers and data frames."""
