"""汇总报表: the units that count in a unit added up in the year's form, beside what the unit reports."""

from gongkai.ui.empty import empty_workspace
from gongkai.ui.filter_bar import filter_bar
from gongkai.ui.page import begin
from gongkai.ui.roll_up_view import roll_up_view

begin("roll_up")
filters = filter_bar(("collection",))
if filters.collection:
    roll_up_view(filters.collection)
else:
    empty_workspace()
