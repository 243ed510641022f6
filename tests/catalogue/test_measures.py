"""Measures: indicators name known metrics, names are fit for a screen."""

from gongkai.catalogue.indicators import PER_PEOPLE, POPULATION, STATED, indicators, measures, rankable
from gongkai.catalogue.metrics import metrics
from gongkai.catalogue.names import full_name, part_name
from gongkai.store.schemes import weighable


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


def test_stated_rates_can_be_ranked_on_a_word_and_never_judged() -> None:
    stated = {code: measure for code, measure in rankable().items() if code not in indicators()}
    assert list(stated) == ["hotline.on_time_rate", "hotline.satisfaction"]
    for measure in stated.values():
        assert measure.judgement is not None
        assert (measure.judgement.model, measure.judgement.ranking) == (STATED, "asked")
        assert not measure.denominator
    assert not set(stated) & set(weighable())
    assert measures()["hotline.transfer_rate"].judgement is None


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


def test_an_indicator_says_in_which_forms_it_exists() -> None:
    known = indicators()
    assert known["review.corrected_share"].regimes == {"2014", "2019", "2021"}
    assert known["applications.granted_share"].regimes == {"2019", "2021"}
    # The form of 2014 does not tell applicants apart, and no sentence is read for them.
    natural = known["applications.natural_person_share"]
    assert (natural.regimes, natural.narrative) == ({"2019", "2021"}, False)
    assert not natural.asked_in("2014")
    # Stated in sentences only: in no form, and in reports on any.
    hotline = known["hotline.per_100k"]
    assert (hotline.regimes, hotline.narrative, hotline.asked_in("2021")) == (frozenset(), True, True)
    assert known["normative_documents.renewed"].regimes == {"2021"}


def test_parts_may_name_an_applicant_and_metrics_do_not() -> None:
    natural = indicators()["applications.natural_person_share"]
    assert natural.parts == ("applications.new/natural_person", "applications.new")
    assert natural.metrics == ("applications.new",)
    assert indicators()["applications.per_100k"].metrics == ("applications.new",)


def test_what_only_describes_has_no_better_side_and_no_ranking_by_default() -> None:
    for measure in indicators().values():
        assert measure.judgement is not None
        if measure.judgement.higher_is_better is None:
            assert measure.judgement.ranking == "asked"
        assert (measure.unit == PER_PEOPLE) == (POPULATION in measure.denominator)
