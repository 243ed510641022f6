"""趋势对比: units and measures over the years, against their peers; what drove a change; how applications run."""

from gongkai.ui.compare import show
from gongkai.ui.empty import empty_workspace
from gongkai.ui.filter_bar import filter_bar
from gongkai.ui.page import begin

begin("compare")
filters = filter_bar()
if filters.collection:
    show(filters)
else:
    empty_workspace()
