"""复议诉讼: reconsiderations and suits over disclosure, and how they ended."""

from gongkai.ui.topic import Topic, show
from gongkai.ui.topic_parts import Composition

OUTCOMES = ("upheld", "corrected", "other", "pending")

show(
    Topic(
        name="review",
        group="review",
        first=("review.total", "litigation.total"),
        compositions=(
            Composition("review", tuple(f"review.{outcome}" for outcome in OUTCOMES)),
            Composition("litigation_direct", tuple(f"litigation.direct.{outcome}" for outcome in OUTCOMES)),
            Composition("litigation_after_review", tuple(f"litigation.after_review.{outcome}" for outcome in OUTCOMES)),
        ),
    )
)
