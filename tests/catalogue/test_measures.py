"""Measures: indicators name known metrics, names are fit for a screen."""

from gongkai.catalogue.indicators import indicators, measures
from gongkai.catalogue.metrics import metrics
from gongkai.catalogue.names import full_name, part_name


def test_every_metric_is_a_measure_and_indicators_follow() -> None:
    codes = list(measures())
    assert codes[: len(metrics())] == list(metrics())
    assert codes[len(metrics()) :] == list(indicators())


def test_rates_have_denominators_and_counts_have_none() -> None:
    for measure in indicators().values():
        assert measure.denominator
        assert measure.is_rate
        assert measure.pooled
    assert not measures()["hotline.satisfaction"].pooled
    assert measures()["applications.new"].denominator == ()


def test_decided_cases_are_the_denominator_of_corrections() -> None:
    assert indicators()["review.corrected_share"].denominator == ("review.upheld", "review.corrected", "review.other")
    assert "litigation.pending" not in indicators()["litigation.corrected_share"].metrics


def test_names_are_without_the_numbering_of_the_form() -> None:
    assert full_name("applications.denied.state_secret", "zh") == "不予公开：属于国家秘密"
    assert part_name("applications.denied.state_secret", "zh") == "属于国家秘密"
    assert part_name("applications.denied.state_secret", "en") == "State secret"
    for code in metrics():
        for name in (full_name(code, "zh"), part_name(code, "zh"), full_name(code, "en"), part_name(code, "en")):
            assert name
            assert not name.startswith(("(", "（", "一、", "二、", "四、"))


def test_names_of_a_language_are_told_apart() -> None:
    for language in ("zh", "en"):
        names = [measure.label(language) for measure in measures().values()]
        assert sorted(name for name in names if names.count(name) > 1) == []
