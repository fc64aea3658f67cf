"""What is said of a discovery: every number is that of the tables, in both languages."""

from __future__ import annotations

import re
from dataclasses import replace

import numpy as np
import pytest

from analysis.design.specification import Factor
from analysis.discovery.charts import charts_of
from analysis.discovery.conditions import condition_of
from analysis.discovery.discovery import Discovery, How, discovered
from analysis.discovery.of_experiment import tables_of
from analysis.discovery.sentences import sentences_of, what_of
from analysis.words import words_in
from model.catalogue import LANGUAGES, Language
from tests.analysis.discovery.made_points import noise, planted, twice_planted

PATHS = ("accountability.certainty", "exemption.disclosure", "work.complexity", "work.urgency", "work.haste")
CONDITION = condition_of("innovation_rate < 0.15 and public_value > 0.1")


@pytest.fixture(scope="module")
def found() -> Discovery:
    points, holds = planted(1)
    factors = [Factor(path, 0.0, 1.0) for path in PATHS]
    made = discovered(factors, points[:, :5], holds, How(resamples=10))
    return replace(made, second=None)


def numbers_in(text: str) -> list[str]:
    return re.findall(r"[0-9][0-9,]*(?:\.[0-9]+)?", text)


@pytest.fixture(scope="module")
def thrice_found() -> Discovery:
    """Return a discovery of three boxes: two that were planted, and what is left around one of them."""
    points, holds = twice_planted(2)
    around = (points[:, 1] > 0.5) & (points[:, 2] > 0.5) & (np.random.default_rng(3).random(len(holds)) < 0.3)
    factors = [Factor(path, 0.0, 1.0) for path in PATHS]
    made = discovered(factors, points[:, :5], np.maximum(holds, around), How(resamples=10))
    assert len(made.boxes) == 3
    return replace(made, second=None)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("which", ["found", "thrice_found"])
def test_that_every_number_said_is_in_the_tables(
    which: str, language: Language, request: pytest.FixtureRequest
) -> None:
    words, found = words_in(language), request.getfixturevalue(which)
    tables = tables_of(found)
    together = {
        f"{100 * value:.0f}" for value in (found.together.coverage, found.together.mass, found.together.density)
    }
    shares = [*(f"added_{key}" for key in ("density", "low", "high", "coverage", "base_rate")), "steadiness"]
    allowed = {f"{100 * value:.0f}" for value in tables["boxes"][shares].to_numpy().ravel()}
    allowed |= {f"{100 * value:.0f}" for value in tables["limits"]["share"]}
    allowed |= {f"{value:.3g}" for value in tables["limits"][["at", "low", "high"]].to_numpy().ravel()}
    allowed |= {"0", "1", "95", "15", "0.1", f"{found.n_points:,}"} | together
    said = " ".join(sentences_of(what_of(CONDITION, words), found, words))
    assert len(numbers_in(said)) > 10
    assert set(numbers_in(said)) <= allowed


def test_what_is_said_in_english(found: Discovery) -> None:
    words = words_in("en")
    said = sentences_of(what_of(CONDITION, words), found, words)
    box = found.boxes[0]
    certain = {limit.path: limit for limit in box.limits}
    assert said[0].startswith("Innovation rate is below 15% and public value is above 0.1 mostly where ")
    assert f"disclosure of exemptions is above {certain['exemption.disclosure'].at:.3g} (of 0 to 1)" in said[0]
    assert said[-1].startswith("All this holds only within the ranges sampled")


def test_what_is_said_in_chinese(found: Discovery) -> None:
    words = words_in("zh")
    said = sentences_of(what_of(CONDITION, words), found, words)
    assert said[0].startswith("创新率低于 15%且公共价值高于 0.1 主要见于以下条件：")
    assert said[-1].startswith("以上仅在所抽取的范围内成立")


@pytest.mark.parametrize("language", LANGUAGES)
def test_that_it_is_said_when_nothing_is_found(language: Language) -> None:
    points, holds = noise(1)
    factors = [Factor(path, 0.0, 1.0) for path in PATHS]
    words = words_in(language)
    nothing = discovered(factors, points[:, :5], holds, How(resamples=0))
    said = sentences_of(what_of(CONDITION, words), nothing, words)
    assert len(said) == 1
    assert ("No simple condition found" if language == "en" else "未发现") in said[0]


def test_that_a_limit_that_is_not_firm_is_said_with_perhaps(found: Discovery) -> None:
    words = words_in("en")
    box = found.boxes[0]
    shaky = replace(box.limits[1], share=0.5)
    said = sentences_of("it", replace(found, boxes=(replace(box, limits=(box.limits[0], shaky)),)), words)
    assert re.search(r"(above|below) .* \(of 0 to 1\), and perhaps only if .*(above|below) .*, too\. ", said[0])
    nothing_firm = tuple(replace(limit, share=0.5) for limit in box.limits)
    said = sentences_of("it", replace(found, boxes=(replace(box, limits=nothing_firm),)), words)
    assert "no limit is firm" in said[0]


def test_that_a_limit_outside_its_resamples_is_said_to_be_so(found: Discovery) -> None:
    box = found.boxes[0]
    ends = (replace(box.limits[0], at=0.9, low=0.5, high=0.7), replace(box.limits[1], at=0.1, low=0.3, high=0.4))
    moved = replace(found, boxes=(replace(box, limits=ends),))
    assert "from 0.5 to 0.7, so that 0.9 is higher than in most; " in sentences_of("it", moved, words_in("en"))[0]
    assert "from 0.3 to 0.4, so that 0.1 is lower than in most; " in sentences_of("it", moved, words_in("en"))[0]
    assert "界限在 0.5 至 0.7，此处的 0.9 高于其中多数；" in sentences_of("其", moved, words_in("zh"))[0]


def test_that_what_later_boxes_add_is_said_so_that_it_can_be_read_out(thrice_found: Discovery) -> None:
    first, second, third, together, _ = sentences_of("it goes wrong", thrice_found, words_in("en"))
    assert first.startswith("It goes wrong mostly where ")
    assert second.startswith("Besides, among the points outside that, it goes wrong mostly where ")
    assert " of all points outside, in the half that was not used " in second
    assert re.search(r" A further \d+% of all such outcomes lie there\. ", second)
    assert third.startswith("More widely, among the points outside all of that, it goes wrong more often where ")
    assert together.startswith("All three together hold ")
    told = sentences_of("不成", thrice_found, words_in("zh"))
    assert told[0].startswith("不成主要见于以下条件：")
    assert told[1].startswith("此外，在上述条件之外的点中，不成主要见于以下条件：")
    assert told[2].startswith("范围再放宽一些，在上述各项条件之外的点中，不成较多见于以下条件：")
    assert told[3].startswith("三项条件合计包含全部此类结果的 ")


def test_that_what_boxes_add_makes_up_what_they_hold_together(thrice_found: Discovery) -> None:
    boxes, together = thrice_found.boxes, thrice_found.together
    assert together is not None
    assert together.coverage == pytest.approx(sum(box.added.coverage for box in boxes))
    assert together.mass == pytest.approx(sum(box.added.mass for box in boxes))
    assert boxes[0].added == boxes[0].held_out
    assert [box.wider_than for box in boxes[:2]] == [None, None]
    assert boxes[2].wider_than == 0


@pytest.mark.parametrize("language", LANGUAGES)
def test_that_the_charts_show_the_boxes_that_were_found(found: Discovery, language: Language) -> None:
    words = words_in(language)
    charts = charts_of(what_of(CONDITION, words), found, words)
    assert list(charts) == ["limits", "peeling"]
    box, drawn = found.boxes[0], charts["peeling"].axes[0].get_lines()
    ways, marks = drawn[0].get_xydata(), [line.get_xydata().tolist() for line in drawn if len(line.get_xdata()) == 1]
    np.testing.assert_array_equal(ways, [[step.coverage, step.density] for step in box.peeling])
    assert marks == [[[one.coverage, one.density]] for one in (box.chosen, box.kept_apart)]
    assert (box.chosen.density, box.chosen.coverage) == pytest.approx((box.found.density, box.found.coverage))
    assert box.kept_apart.density == pytest.approx(box.held_out.density)
    (dots,) = [
        axes for axes in charts["limits"].axes if axes.get_title("left") == words.text("discovery.chart_position")
    ]
    at = sorted(line.get_xdata()[0] for line in dots.get_lines() if line.get_marker() == "o")
    assert at == pytest.approx(sorted(limit.at for limit in box.limits))  # ranges are from 0 to 1


def test_that_each_peeling_begins_at_the_rate_of_the_points_it_peels(thrice_found: Discovery) -> None:
    words = words_in("en")
    panels = charts_of("it", thrice_found, words)["peeling"].axes
    for axes, box in zip(panels, thrice_found.boxes, strict=True):
        (rate,) = [line.get_ydata()[0] for line in axes.get_lines() if line.get_linestyle() != "-"][:1]
        first = box.peeling[0]
        assert (first.coverage, rate) == pytest.approx((1.0, first.density))


def test_that_what_is_not_found_or_not_peeled_has_no_chart_of_it(found: Discovery) -> None:
    words = words_in("en")
    assert charts_of("it", replace(found, boxes=()), words) == {}
    of_a_tree = tuple(replace(box, peeling=()) for box in found.boxes)
    assert list(charts_of("it", replace(found, boxes=of_a_tree), words)) == ["limits"]
