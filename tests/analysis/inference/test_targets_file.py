"""Files of targets: what they hold, and that every mistake ends in one message that says where and what to do."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from analysis.errors import ExperimentError
from analysis.inference.table import folder_of_probe, table_plan
from analysis.inference.targets_file import SHIPPED, read_targets
from model.parameters import about
from tests.analysis.inference.made_targets import (
    FALL,
    INNOVATION,
    NUISANCE,
    PARAMETERS,
    SIGN,
    SUCCESS,
    file_of,
)

WHOLE = (PARAMETERS, NUISANCE, SUCCESS, INNOVATION, FALL, SIGN)


def test_that_a_range_left_out_is_the_plausible_one(tmp_path: Path) -> None:
    targets = read_targets(file_of(tmp_path, *WHOLE))
    assert [(name, low, high) for name, low, high in targets.parameters] == [
        (path, *(about(path).plausible or ())) for path in ("work.complexity", "behaviour.temperature")
    ]
    assert targets.ranges.names[-1] == "dose"


def test_that_an_interval_gives_the_sd_of_observation_and_discrepancy(tmp_path: Path) -> None:
    fall = next(target for target in read_targets(file_of(tmp_path, *WHOLE)).targets if target.name == "fall")
    assert fall.sd == pytest.approx(np.hypot(0.3 / 3.92, 0.05))
    assert fall.value == pytest.approx(-0.25)


def test_that_a_missing_discrepancy_is_warned_of(tmp_path: Path) -> None:
    targets = read_targets(file_of(tmp_path, PARAMETERS, SUCCESS.replace("discrepancy = 0.0\n", "")))
    assert "success: no discrepancy is given" in targets.warnings[0]


def test_that_a_probe_has_the_luck_and_the_points_of_the_scenario(tmp_path: Path) -> None:
    targets = read_targets(file_of(tmp_path, *WHOLE))
    plan = table_plan(targets, targets.calibrating, "made")
    base, probe = plan.sweeps[""], plan.sweeps["harsh"]
    assert (base.seed, base.replications, base.common_random_numbers) == (probe.seed, 1, False)
    assert base.design.kind == "sobol"
    listed = np.array(probe.design.listed)
    assert listed[:, :2] == pytest.approx(plan.points[:, :2])
    severity = targets.base.parameters.accountability.severity
    assert listed[:, 2] == pytest.approx(np.minimum(severity * plan.points[:, 2], 1.0))
    assert folder_of_probe(Path("results/made"), "harsh") == Path("results/made-probe_harsh")


def test_that_targets_kept_out_do_not_enter_the_table(tmp_path: Path) -> None:
    with_sign = read_targets(file_of(tmp_path, *WHOLE))
    without = read_targets(file_of(tmp_path, *WHOLE[:-1]))
    plans = [table_plan(targets, targets.calibrating, "made") for targets in (with_sign, without)]
    assert plans[0].sweeps == plans[1].sweeps


def test_that_shipped_targets_hold() -> None:
    names = [path.stem for path in SHIPPED.glob("*.toml")]
    assert "base_rates" in names
    assert all(read_targets(name).warnings == () for name in names)


MANY = "".join(
    f'\n[[parameter]]\npath = "{path}"\nlow = 0.1\nhigh = 0.2\n'
    for path in (
        "accountability.certainty",
        "accountability.publicity",
        "exemption.access",
        "exemption.remedy",
        "exemption.correction",
        "exemption.disclosure",
        "work.urgency",
        "work.haste",
        "work.diffusion",
        "public.tolerance",
        "public.objectivity",
        "behaviour.credence",
        "behaviour.habit",
    )
)


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        (
            (PARAMETERS, SUCCESS.replace("[12, 36]", "[12, 40]")),
            ("target.window: found [", "within the run", "raise size.months"),
        ),
        ((MANY, SUCCESS), ("13 parameters", "not identifiable", "fix some")),
        ((PARAMETERS, INNOVATION.replace("low = 0.2", "low = 0.5")), ("target.low", "below high", "correct")),
        ((PARAMETERS + "low = 0.5\nhigh = 0.4\n", SUCCESS), ("parameter.low", "below high")),
        ((PARAMETERS + "high = 2000000.0\nlow = 0.1\n", SUCCESS), ("correct the range of behaviour.temperature",)),
        ((PARAMETERS.replace("complexity", "complexities"), SUCCESS), ("did you mean work.complexity",)),
        ((PARAMETERS, SUCCESS.replace("success_rate", "sucess_rate")), ("did you mean success_rate",)),
        (
            (PARAMETERS.replace("work.complexity", "accountability.certainty"), NUISANCE, SUCCESS, FALL),
            ("fixes accountability.certainty", "times"),
        ),
        ((PARAMETERS, NUISANCE.replace("times dose", "times doses"), SUCCESS, FALL), ("did you mean dose",)),
        ((PARAMETERS, SUCCESS, FALL), ("there is no probe",)),
        ((PARAMETERS, SUCCESS.replace("calibrate", "validate")), ("nothing to learn from",)),
        ((PARAMETERS, SUCCESS.replace("value = 0.5\n", "")), ("value and sd",)),
        ((PARAMETERS, INNOVATION.replace("high = 0.36\n", "")), ("says no size",)),
        ((PARAMETERS, SUCCESS.replace('source = "made up"\n', "")), ("source: is missing",)),
        ((PARAMETERS, SUCCESS, SUCCESS), ("success stands here twice",)),
        ((PARAMETERS, NUISANCE, SUCCESS, FALL.replace('probe = "harsh"\n', "")), ("compares with a probe",)),
        ((PARAMETERS, NUISANCE, SUCCESS, FALL.replace("relative_change", "recovered_share")), ("compared_window",)),
        ((SUCCESS,), ("parameter: is missing",)),
        ((PARAMETERS, "\n[[target]\n"), ("not valid TOML",)),
    ],
)
def test_that_a_mistake_is_told_with_what_to_do(
    tmp_path: Path, parts: tuple[str, ...], expected: tuple[str, ...]
) -> None:
    path = file_of(tmp_path, *parts)
    with pytest.raises(ExperimentError) as told:
        read_targets(path)
    message = str(told.value)
    assert message.startswith(str(path))
    assert all(part in message for part in expected), message


def test_that_mangled_files_never_end_in_another_error(tmp_path: Path) -> None:
    text = file_of(tmp_path, *WHOLE).read_text(encoding="utf-8")
    random, path = np.random.default_rng(1), tmp_path / "mangled.toml"
    signs = list('"[]={}.\n#0-truefalsex')
    refusals = []
    for _ in range(300):
        letters = list(text)
        for place in random.integers(0, len(letters), 3):
            letters[place] = signs[random.integers(0, len(signs))]
        path.write_text("".join(letters), encoding="utf-8")
        try:
            read_targets(path)
        except ExperimentError as error:
            refusals.append(str(error))
    assert len(refusals) > 100
    assert all(refusal.startswith(str(path)) or "scenario" in refusal for refusal in refusals)
