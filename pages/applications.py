"""依申请公开: how many applications came, what became of them, who applied."""

from gongkai.ui.topic import Topic, show
from gongkai.ui.topic_parts import Comparison, Composition

show(
    Topic(
        name="applications",
        group="applications",
        first=("applications.new", "applications.closed"),
        compositions=(
            Composition(
                "outcomes",
                (
                    "applications.granted",
                    "applications.partial",
                    "applications.denied",
                    "applications.unavailable",
                    "applications.not_processed",
                    "applications.other",
                ),
            ),
            Composition("applicants", ("applications.new",), by_applicant=True),
            Composition(
                "denied",
                (
                    "applications.denied.state_secret",
                    "applications.denied.prohibited_by_law",
                    "applications.denied.safety_stability",
                    "applications.denied.third_party_rights",
                    "applications.denied.internal_affairs",
                    "applications.denied.process_information",
                    "applications.denied.enforcement_file",
                    "applications.denied.administrative_query",
                ),
            ),
            Composition(
                "not_processed",
                (
                    "applications.not_processed.petition",
                    "applications.not_processed.duplicate",
                    "applications.not_processed.publication",
                    "applications.not_processed.excessive",
                    "applications.not_processed.confirmation",
                ),
            ),
            Composition(
                "answers_2014",
                (
                    "applications.answered.already_public",
                    "applications.answered.agreed",
                    "applications.answered.partly_agreed",
                    "applications.answered.refused",
                    "applications.answered.not_this_agency",
                    "applications.answered.does_not_exist",
                    "applications.answered.asked_to_amend",
                    "applications.answered.other_route",
                ),
            ),
        ),
        comparisons=(
            Comparison(
                "flow",
                (
                    "applications.carried_in",
                    "applications.new",
                    "applications.closed",
                    "applications.carried_out",
                ),
                together=True,
            ),
        ),
    )
)
