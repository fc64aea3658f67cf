"""Where harshness pays: how much certainty of accountability is best, by what a negligent failure is held to cost.

``python -m analysis.evidence.harshness`` writes docs/harshness.md anew, in both languages. A weight of public value
changes no behaviour, so the baseline is run once at every certainty, and every weight is laid on what was counted.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from analysis.documents import headed, write_document
from analysis.evidence.tried_policies import Floats, baseline_parameters, mean_of, scenario_of, under
from analysis.number_format import told, told_difference, told_interval
from analysis.statistics.best_level import BestLevel, best_level
from analysis.statistics.paired_effects import intervals_of
from analysis.words import words_in
from model.catalogue import Language
from model.measures import about_measure
from model.parameters import MONTHS_PER_YEAR

DOCUMENT = "harshness"
REPLICATIONS = 40
CERTAINTY, WEIGHT = "accountability.certainty", "value.negligence"
CERTAINTIES = np.linspace(0.0, 0.2, 21)
WEIGHTS = np.linspace(0.0, -6.0, 13)
_SHOWN = (0.0, 0.01, 0.02, 0.04, 0.07, 0.1, 0.15, 0.2)
_STRICT = -3.0

# Assumptions on which the answer may hang, each at an end of its plausible range.
OTHERWISE: Mapping[str, Mapping[str, float]] = {
    "baseline": {},
    "little_room": {"work.negligence": 0.1},
    "much_room": {"work.negligence": 0.6},
    "cheap_care": {"work.care_cost": 0.2},
    "dear_care": {"work.care_cost": 1.5},
    "sure_routine": {"work.routine_failure": 0.0},
    "mild": {"accountability.severity": 0.0},
    "hard": {"accountability.severity": 0.6},
    "generous": {
        "exemption.probability": 0.8,
        "exemption.disclosure": 0.9,
    },
}


def values_at(weight: float, settings: Mapping[str, float], n_runs: int, certainties: Floats = CERTAINTIES) -> Floats:
    """Return public value at every certainty and run if negligence has this weight, shape (certainties, runs)."""
    officials = scenario_of(under()).officials
    more = weight - baseline_parameters().value.negligence
    rows = []
    for certainty in certainties:
        policy = under(settings, {CERTAINTY: float(certainty)})
        negligent = mean_of("failures_negligence", policy, n_runs) / officials
        rows.append(mean_of("public_value", policy, n_runs) + more * negligent)
    return np.stack(rows)


def best_certainty(weight: float, settings: Mapping[str, float], n_runs: int) -> BestLevel:
    """Return the certainty at which public value is highest if negligence has this weight."""
    return best_level(CERTAINTIES, values_at(weight, settings, n_runs))


def document(language: Language, n_runs: int = REPLICATIONS) -> str:
    """Return docs/harshness.md: the best certainty by weight, what certainty does, and what the answer hangs on."""
    words = words_in(language)
    parameters = baseline_parameters()
    found = {float(weight): best_certainty(float(weight), {}, n_runs) for weight in WEIGHTS}
    own = best_certainty(parameters.value.negligence, {}, n_runs)
    judged = (parameters.value.negligence, _STRICT)
    otherwise = {
        what: [best_certainty(weight, settings, n_runs) for weight in judged] for what, settings in OTHERWISE.items()
    }
    under_default = [levels[0].best for levels in otherwise.values()]
    paying = [weight for weight, best in found.items() if best.low > 0.0]
    texts = {
        "n_runs": n_runs,
        "certainty": f"{parameters.accountability.certainty:g}",
        "weight": f"{parameters.value.negligence:g}",
        "own": _level(own),
        "beside": words.text(f"harshness.{_beside(parameters.accountability.certainty, own)}"),
        "beyond": f"{max(paying):g}" if paying else words.text("harshness.no_weight"),
        "not_beyond": f"{min((weight for weight, best in found.items() if best.high == 0.0), default=np.nan):g}",
        "strictest": f"{WEIGHTS[-1]:g}",
        "at_strictest": _level(found[float(WEIGHTS[-1])]),
        "strict": f"{_STRICT:g}",
        "weights": "\n".join(_weight_line(weight, best, n_runs) for weight, best in found.items()),
        "certainties": "\n".join(_certainty_line(certainty, n_runs) for certainty in _SHOWN),
        "otherwise": "\n".join(
            f"| {words.text(f'harshness.otherwise.{what}')} | {' | '.join(map(_level, levels))} |"
            for what, levels in otherwise.items()
        ),
        "least": f"{min(under_default):.2f}",
        "most": f"{max(under_default):.2f}",
        "heads": " | ".join(words.text(f"harshness.columns.{measure}") for measure in _COLUMNS),
        "rule": " | ".join("---" for _ in _COLUMNS),
    }
    head = headed(words.text("harshness.title"), DOCUMENT, language)
    return f"{head}\n\n{words.text('harshness.text').format(**texts)}\n"


_COLUMNS = (
    *("innovation_rate", "inaction_rate", "lazy_prevalence", "care"),
    *("failures_negligence", "sanctions_per_100_officials_and_year", "public_value"),
)


def _level(best: BestLevel) -> str:
    return f"{best.best:.2f} [{best.low:.2f}, {best.high:.2f}]"


def _beside(level: float, best: BestLevel) -> str:
    """Return where a level stands beside the interval of the best one."""
    return "more" if level > best.high else "less" if level < best.low else "within"


def _gain(values: Floats) -> str:
    mean, low, high, _ = (column.item() for column in intervals_of(values[:, np.newaxis]))
    ends = told_interval(*(told_difference("public_value", end) for end in (low, high)))
    return f"{told_difference('public_value', mean)} {ends}" if np.any(values) else "0"


def _weight_line(weight: float, best: BestLevel, n_runs: int) -> str:
    at_best, none, now = values_at(
        weight, {}, n_runs, np.array([best.best, 0.0, baseline_parameters().accountability.certainty])
    )
    return f"| {weight:g} | {_level(best)} | {_gain(at_best - none)} | {_gain(at_best - now)} |"


def _certainty_line(certainty: float, n_runs: int) -> str:
    policy = under({CERTAINTY: certainty})
    per_year, cells = 100.0 * MONTHS_PER_YEAR / scenario_of(policy).officials, []
    for measure in _COLUMNS:
        mean = float(mean_of(measure, policy, n_runs).mean())
        is_count = about_measure(measure).unit == "count per month"
        cells.append(told(measure, per_year * mean if is_count else mean))
    return f"| {certainty:g} | {' | '.join(cells)} |"


def main() -> None:
    """Write docs/harshness.md in both languages."""
    write_document(DOCUMENT, document)


if __name__ == "__main__":
    main()
