"""指标口径: how every metric and indicator is counted, what is checked, and the methods behind the comparisons."""

from gongkai.ui.guide import show
from gongkai.ui.page import begin

begin("guide")
show()
