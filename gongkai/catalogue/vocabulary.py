"""The words that a field of a report or of an agency may hold: one definition for readers, lists, decisions, screen."""

from __future__ import annotations

PERIODS = ("year", "h1", "h2", "q1", "q2", "q3", "q4", "ytd")
"""The periods a report may cover; ytd: from January to some day before the year's end."""

REPORT_KINDS = ("annual_report", "summary", "self_check")
"""年度报告, 工作总结 and 自查报告."""

STAGES = ("draft", "approved", "published", "corrected")
"""送审稿, 定稿, 发布稿, 更正稿."""

SCOPES = ("organ", "whole")
"""本级 and 汇总: what a report counts."""

AGENCY_LEVELS = ("national", "province", "prefecture", "county", "township")
AGENCY_KINDS = ("government", "office", "department", "institution", "zone", "vertical")

FIRST_YEAR, LAST_YEAR = 2003, 2099
"""The statistical years that can be meant. Guangzhou's first rules on disclosure, of 2002, took effect in 2003."""
