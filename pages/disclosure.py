"""主动公开: documents, enforcement decisions, and the channels through which information is disclosed."""

from gongkai.ui.topic import Topic, show
from gongkai.ui.topic_parts import Comparison, Composition

show(
    Topic(
        name="disclosure",
        group="disclosure",
        first=("disclosure.total", "disclosure.website", "normative_documents.in_force"),
        compositions=(
            Composition("enforcement", ("licensing.decisions", "penalties.decisions", "coercion.decisions")),
        ),
        comparisons=(
            Comparison(
                "documents",
                (
                    "normative_documents.issued",
                    "normative_documents.repealed",
                    "normative_documents.in_force",
                    "normative_documents.made",
                    "normative_documents.newly_disclosed",
                    "normative_documents.total_disclosed",
                ),
            ),
            Comparison(
                "channels",
                (
                    "disclosure.website",
                    "disclosure.wechat",
                    "disclosure.weibo",
                    "disclosure.new_media",
                    "disclosure.gazette",
                    "disclosure.other_channels",
                ),
            ),
        ),
    )
)
