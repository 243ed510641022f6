"""报送进度: who is due, who has sent what, whom to call, what waits for a decision; one unit's trail."""

from gongkai.ui.coverage_view import coverage_view
from gongkai.ui.page import begin

begin("coverage")
coverage_view()
