"""Recognised figures: sure where identities prove them, in doubt elsewhere; pictures that were not read are said."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from gongkai.documents.model import Block, Document, Kind, Place
from gongkai.parsing.recognised import PROVED, UNPROVED, cautious, unread
from gongkai.records import CONFIDENT, Evidence, Figure, Method, Status

PAGE: Place = (1, (0.0, 0.0, 595.0, 842.0))
OUTCOMES = ("upheld", "corrected", "other", "pending", "total")


def document(*places: Place) -> Document:
    return Document("a.pdf", "pdf", "0" * 64, (Block(0, Kind.PARAGRAPH, "x"),), 2, recognised=places)


def figure(metric: str, value: float | None, page: int | None = 1, method: Method = Method.TABLE) -> Figure:
    status = Status.BLANK if value is None else Status.REPORTED
    return Figure(metric, value, method, Evidence("q", page=page, box=(10.0, 10.0, 20.0, 20.0)), status=status)


def review(*values: float | None, page: int = 1) -> list[Figure]:
    return [figure(f"review.{name}", value, page) for name, value in zip(OUTCOMES, values, strict=True)]


def confidences(figures: tuple[Figure, ...]) -> list[float]:
    return [each.confidence for each in figures]


def test_what_an_identity_proves_is_sure() -> None:
    figures, doubts = cautious(document(PAGE), review(1, 2, 0, 4, 7), "2021")
    assert confidences(figures) == [PROVED] * 5
    assert PROVED >= CONFIDENT > UNPROVED
    assert doubts == ()


def test_what_contradicts_or_has_no_identity_is_in_doubt() -> None:
    stated = [*review(1, 2, 0, 4, 8), figure("licensing.decisions", 12)]
    figures, [doubt] = cautious(document(PAGE), stated, "2021")
    assert confidences(figures) == [UNPROVED] * 6
    assert (doubt.reason, doubt.detail, len(doubt.metrics)) == ("recognised", "1", 6)


def test_a_sentence_is_sure_where_a_proved_cell_says_the_same() -> None:
    stated = [*review(1, 2, 0, 4, 7), figure("review.total", 7, method=Method.NARRATIVE)]
    stated.append(figure("hotline.cases", 70, method=Method.NARRATIVE))
    figures, [doubt] = cautious(document(PAGE), stated, "2021")
    assert confidences(figures)[-2:] == [PROVED, UNPROVED]
    assert doubt.metrics == ("hotline.cases",)


def test_other_pages_and_other_parts_of_a_page_are_as_sure_as_before() -> None:
    part: Place = (2, (100.0, 300.0, 500.0, 500.0))
    stated = [figure("licensing.decisions", 1, 1), figure("penalties.decisions", 2, 2)]
    assert confidences(cautious(document(part), stated, "2021")[0]) == [1.0, 1.0]
    assert confidences(cautious(document((2, (0.0, 0.0, 90.0, 90.0))), stated, "2021")[0]) == [1.0, UNPROVED]
    assert confidences(cautious(document(), stated, None)[0]) == [1.0, 1.0]


@given(st.lists(st.integers(0, 60), min_size=4, max_size=4), st.integers(0, 4), st.integers(1, 50))
def test_a_single_wrong_digit_is_never_sure(values: list[int], place: int, off: int) -> None:
    stated = [float(value) for value in (*values, sum(values))]
    stated[place] += off
    assert confidences(cautious(document(PAGE), review(*stated), "2021")[0]) == [UNPROVED] * 5


def test_pictures_that_were_not_read_are_said() -> None:
    [doubt] = unread(Document("a.pdf", "pdf", "0" * 64, (), 3, unread=("2", "3")))
    assert (doubt.reason, doubt.detail) == ("picture_unread", "2, 3")
    assert unread(document(PAGE)) == ()
