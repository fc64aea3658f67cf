"""The review that estimates assume is the model's own; and the way round: what the model does with what was learned."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest

from analysis.evidence.posterior import FILED_SHARE, posterior_of
from analysis.evidence.review import ACCESS, CAUSES, HONEST, REMEDY, exempt_at_review, parameters_of_review
from analysis.evidence.selection import Selection
from analysis.evidence.tally import Share, Tally
from model.engines.mesa_engine import Administration
from model.parameters import Parameters, parameter_paths, replaced, value_at
from model.rules import exemption as rules
from model.scenario import find_scenario, with_settings

HOLDS_THE_BURDEN_OF_PROOF = "exemption.evidence_negligence" in parameter_paths()
pytestmark = pytest.mark.skipif(
    not HOLDS_THE_BURDEN_OF_PROOF, reason="the model still holds the rate when clarity changes"
)

# Reviewers without nerves, and a world with many cases: mild sanctions, cheap innovation.
FIXED = {
    "exemption.caution": 0.0,
    "accountability.certainty": 0.8,
    "accountability.severity": 0.0,
    "public.tolerance_weight": 0.0,
    "work.innovation_effort": 0.1,
    "exemption.filing_cost": 0.0,
}
Values = dict[str, np.ndarray[tuple[int, ...], np.dtype[np.float64]]]


def drawn(random: np.random.Generator) -> Values:
    """Return one draw of the parameters of review."""
    return {path: np.array([random.uniform(low, high)]) for path, (low, high) in parameters_of_review().items()}


def final_share(values: Values, cause: str, *, filed: bool) -> float:
    """Return X = access (x + (1 - x) remedy), the chance that a case ends exempt in the end."""
    x = float(exempt_at_review(values, cause, filed=filed)[0])
    remedy = float(values[REMEDY][0]) if cause in HONEST else 0.0
    return float(values[ACCESS][0]) * (x + (1.0 - x) * remedy)


def test_that_the_chances_are_those_of_the_models_rule() -> None:
    random = np.random.default_rng(1)
    for _ in range(50):
        values = drawn(random)
        parameters = replaced(Parameters(), {path: float(value[0]) for path, value in values.items()})
        rate = parameters.exemption.probability
        review = rules.review_of(rate, parameters.exemption, parameters.guidance)
        for filed in (False, True):
            filing = parameters.exemption.evidence_filing if filed else 0.0
            of_the_model = rules.honest_exemption(filing, review, parameters.exemption)
            for cause, chance in zip(HONEST, of_the_model, strict=True):
                assert final_share(values, cause, filed=filed) == pytest.approx(chance, abs=1e-9)
        negligence = rules.exempt_negligence(review, parameters.exemption)
        assert final_share(values, "negligence", filed=False) == pytest.approx(negligence, abs=1e-9)
        self_dealing = rules.exempt_self_dealing(review, parameters.exemption)
        assert final_share(values, "self_dealing", filed=False) == pytest.approx(self_dealing, abs=1e-9)


def cases_of(values: Values, seed: int) -> Counter[tuple[str, bool, bool]]:
    """Return the cases of a run of the Mesa engine by cause, filed or not, exempt or not."""
    settings = {**FIXED, **{path: float(value[0]) for path, value in values.items()}}
    scenario = with_settings(find_scenario("baseline"), {**settings, "size.jurisdictions": 2}, 120, 24)
    administration = Administration(scenario, seed=seed)
    found: Counter[tuple[str, bool, bool]] = Counter()
    for _ in range(24):
        administration.step()
        for official in administration.officials:
            case = official.consequence
            if case is not None and (case.is_failure_case or case.is_misconduct):
                filed = official.action.name.lower() == "filed_innovation"
                found[CAUSES[case.cause], filed, bool(case.is_exempt)] += 1
    return found


@pytest.mark.slow
def test_that_what_the_model_does_with_what_was_learned_agrees_with_the_file() -> None:
    defaults = Parameters()
    truth = {path: np.array([value_at(defaults, path)]) for path in parameters_of_review()}
    tally = Tally(
        exempt={
            (cause, word): Share(round(100 * float(exempt_at_review(truth, cause, filed=word == "yes")[0])), 100)
            for cause in HONEST
            for word in ("yes", "no")
        },
        applied=Share(80, 100),
        appeals_won=Share(10, 100),
        filed=Share(50, 100),
    )
    draws = posterior_of(tally, Selection("none"), 1).sample(20, 1)
    shares: dict[tuple[str, bool], list[float]] = {(cause, filed): [] for cause in HONEST for filed in (True, False)}
    for number in range(20):
        values = {name: draws[name][number : number + 1] for name in draws if name != FILED_SHARE}
        found = cases_of(values, number)
        for (cause, filed), listed in shares.items():
            exempt, denied = found[cause, filed, True], found[cause, filed, False]
            if exempt + denied >= 10:
                listed.append(exempt / (exempt + denied))
    n_checked = 0
    for (cause, filed), listed in shares.items():
        if len(listed) >= 10:
            n_checked += 1
            low, high = np.quantile(listed, [0.025, 0.975])
            assert low <= final_share(truth, cause, filed=filed) <= high, (cause, filed)
    assert n_checked >= 4
