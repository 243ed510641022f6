"""单位排名: units of one peer group judged by an indicator, with what chance alone would explain."""

from gongkai.ui.empty import empty_workspace
from gongkai.ui.filter_bar import filter_bar
from gongkai.ui.page import begin
from gongkai.ui.ranking import show

begin("ranking")
filters = filter_bar()
if filters.collection:
    show(filters)
else:
    empty_workspace()
