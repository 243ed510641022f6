"""单位画像: one unit: its key figures, trends, all its figures, its reports, its place among its peers."""

from gongkai.ui.page import begin

begin("agency")
