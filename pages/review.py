"""复议诉讼: reconsiderations and suits over disclosure, and how they ended."""

from gongkai.ui.topic import Topic, show
from gongkai.ui.topic_parts import COURT_COLOURS, Composition


def outcomes(name: str, block: str) -> Composition:
    """The outcomes of one block of the form's table 4."""
    metrics = tuple(f"{block}.{outcome}" for outcome in ("upheld", "corrected", "other", "pending"))
    return Composition(name, metrics, colours=COURT_COLOURS)


show(
    Topic(
        name="review",
        group="review",
        first=("review.total", "litigation.total"),
        compositions=(
            outcomes("review", "review"),
            outcomes("litigation_direct", "litigation.direct"),
            outcomes("litigation_after_review", "litigation.after_review"),
        ),
    )
)
