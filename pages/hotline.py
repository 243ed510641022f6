"""热线互动: hotline cases, enquiries and letters, and how well they were answered."""

from gongkai.ui.topic import Topic, show
from gongkai.ui.topic_parts import Comparison

show(
    Topic(
        name="hotline",
        group="hotline",
        first=("hotline.cases", "hotline.calls", "consultation.online"),
        comparisons=(
            Comparison("channels", ("hotline.cases", "hotline.dispatched", "consultation.online", "mailbox.letters")),
            Comparison("quality", ("hotline.on_time_rate", "hotline.satisfaction", "hotline.transfer_rate")),
        ),
    )
)
