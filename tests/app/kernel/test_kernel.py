"""The kernel: what it is built from and imports, and that its wrappers say what the library does."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path
from typing import NoReturn

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from analysis.officials.explanation import Who, after_the_month, deed_of, deed_under, scene_of
from app.builder.kernel_wasm import (
    GENERATED,
    KERNEL,
    KERNEL_LAYOUT,
    KERNELS,
    build_kernels,
    check_kernels,
    is_current,
    made_with,
    source_hash,
)
from app.builder.wasm import check_wasm
from app.kernel.calls import (
    DEED,
    explain_official,
    fill_sizes,
    month_passes,
    new_explanation,
    new_roll,
    place_of,
    roll_call,
    run_begins,
)
from app.kernel.exports import OTHER_RULES, arguments_of, exports
from model.arrays import (
    ACTION,
    GENERATION,
    LANES,
    OUTCOME,
    AdministrationArrays,
    Moment,
    Policies,
    new_administration,
    new_key,
)
from model.engines.ensemble import whole_run
from model.measures import N_MEASURES
from model.parameters import Deciding, parameter_paths
from model.policy import Setting, setting_of
from model.scenario import find_scenario, with_settings
from model.state import OfficialState

ADVICE = "run: python run.py build-page"
SEED, RUN = 3, 2


def leave_out(reason: str) -> NoReturn:
    """Leave a test out; in CI it fails instead."""
    if os.environ.get("CI"):
        pytest.fail(reason)
    pytest.skip(reason)


def begun(setting: Setting, months: int) -> AdministrationArrays:
    """Return a run as it stands after some months, taken by the kernel's wrappers."""
    administration, key = new_administration(setting.layout), new_key(SEED, RUN)
    run_begins(administration, setting.layout, setting.policies, key)
    for month in range(months):
        when = Moment(key, np.uint64(month))
        month_passes(administration, setting.layout, setting.policies, when, np.zeros(N_MEASURES))
    return administration


def test_that_the_kernel_imports_nothing_and_exports_what_is_described() -> None:
    described = json.loads((GENERATED / KERNEL_LAYOUT).read_text(encoding="utf-8"))["functions"]
    check_wasm((GENERATED / KERNEL).read_bytes(), {*described, "memory", "__heap_base"})


@pytest.mark.parametrize("rule", OTHER_RULES)
def test_that_the_kernel_of_another_rule_imports_nothing_and_exports_what_a_run_takes(rule: str) -> None:
    layout = json.loads((GENERATED / KERNEL_LAYOUT).read_text(encoding="utf-8"))
    described = set(layout["other_rules"]["functions"])
    assert described < set(layout["functions"])
    check_wasm((GENERATED / KERNELS[rule]).read_bytes(), {*described, "memory", "__heap_base"})


def test_that_the_description_is_of_these_kernels() -> None:
    layout = json.loads((GENERATED / KERNEL_LAYOUT).read_text(encoding="utf-8"))
    found = {rule: hashlib.sha256((GENERATED / file).read_bytes()).hexdigest() for rule, file in KERNELS.items()}
    assert layout["kernel_sha256"] == found, ADVICE


@pytest.mark.page
def test_that_the_kernel_is_called_as_the_code_is_called_now() -> None:
    check_kernels()


def test_that_a_kernel_of_another_layout_is_refused_with_what_to_do(tmp_path: Path) -> None:
    kernel = b"\0asm"
    hashes = dict.fromkeys(KERNELS, hashlib.sha256(kernel).hexdigest())
    layout = {"kernel_sha256": hashes, "layout_hash": "0" * 64}
    with pytest.raises(RuntimeError, match=r"cannot be read .*build-page"):
        check_kernels(tmp_path)
    for file in KERNELS.values():
        (tmp_path / file).write_bytes(kernel)
    (tmp_path / KERNEL_LAYOUT).write_text(json.dumps(layout), encoding="utf-8")
    with pytest.raises(RuntimeError, match=r"built for another layout of the model's arrays; .*build-page"):
        check_kernels(tmp_path)
    (tmp_path / KERNEL_LAYOUT).write_text(
        json.dumps({**layout, "kernel_sha256": {**hashes, "fear": ""}}), encoding="utf-8"
    )
    with pytest.raises(RuntimeError, match=r"kernel_fear\.wasm: is not the kernel that kernel_layout\.json describes"):
        check_kernels(tmp_path)
    assert not is_current(tmp_path)


def test_that_a_module_that_imports_something_is_refused() -> None:
    # (module (import "a" "b" (func)))
    importing = b"\0asm\1\0\0\0" + b"\1\4\1\x60\0\0" + b"\2\7\1\1a\1b\0\0"
    with pytest.raises(RuntimeError, match="imports something"):
        check_wasm(importing, set())


def test_that_the_kernel_is_tens_of_kilobytes() -> None:
    assert 10_000 < (GENERATED / KERNEL).stat().st_size < 80_000
    assert all(10_000 < (GENERATED / file).stat().st_size < 120_000 for file in KERNELS.values())


@pytest.mark.page
def test_that_the_kernel_is_built_from_the_rules_as_they_are() -> None:
    layout = json.loads((GENERATED / KERNEL_LAYOUT).read_text(encoding="utf-8"))
    assert layout["source_sha256"] == source_hash(), f"app/generated/kernel.wasm is stale; {ADVICE}"


@pytest.mark.page
@pytest.mark.slow
def test_that_building_the_kernel_again_gives_the_same_bytes(tmp_path: Path) -> None:
    layout = json.loads((GENERATED / KERNEL_LAYOUT).read_text(encoding="utf-8"))
    try:
        here = made_with()
    except RuntimeError as error:
        leave_out(str(error))
    if here != layout["made_with"]:
        leave_out(f"the kernel in app/generated was made with {layout['made_with']}, here is {here}")
    build_kernels(tmp_path)
    for name in (*KERNELS.values(), KERNEL_LAYOUT):
        assert (tmp_path / name).read_bytes() == (GENERATED / name).read_bytes(), (
            f"app/generated/{name} is stale; {ADVICE}"
        )


@pytest.mark.page
def test_that_every_argument_has_one_place_in_the_description() -> None:
    described = json.loads((GENERATED / KERNEL_LAYOUT).read_text(encoding="utf-8"))["functions"]
    for name, export in exports().items():
        expected = [f"{argument.name} {argument.type} {argument.dimensions}" for argument in arguments_of(export)]
        assert described[name] == expected


@pytest.mark.parametrize("rule", OTHER_RULES)
def test_that_the_numbers_of_a_rule_stand_in_the_description_where_they_are_handed_over(rule: str) -> None:
    layout = json.loads((GENERATED / KERNEL_LAYOUT).read_text(encoding="utf-8"))
    numbers = layout["other_rules"]["numbers"]
    assert [line.split(".")[-1] for line in numbers] == [f"{name} float64 0" for name in Deciding._fields]
    for name, export in exports(rule).items():
        described = [
            part
            for line in layout["functions"][name]
            for part in (numbers if line.startswith("administration.structure.rule.nothing") else [line])
        ]
        assert described == [
            f"{argument.name} {argument.type} {argument.dimensions}" for argument in arguments_of(export)
        ]


def arrays_of(
    one: AdministrationArrays, other: AdministrationArrays
) -> Iterator[tuple[str, NDArray[np.generic], NDArray[np.generic]]]:
    """Yield the name of every array of two administrations, and the two; what is no array says how officials decide."""
    for field, mine, yours in zip(AdministrationArrays._fields, one, other, strict=True):
        if isinstance(mine, np.ndarray):
            yield field, mine, yours


def test_that_month_by_month_the_kernel_ends_where_a_whole_run_ends() -> None:
    setting = setting_of(with_settings(find_scenario("reform"), {}, 70, 100))
    by_month, whole = begun(setting, setting.months), new_administration(setting.layout)
    measures, nowhere = np.zeros((setting.months, N_MEASURES)), np.zeros((0, len(setting.layout.sizes), N_MEASURES))
    whole_run(whole, setting.layout, setting.policies, new_key(SEED, RUN), measures, nowhere)
    for field, one, other in arrays_of(by_month, whole):
        assert np.array_equal(one, other, equal_nan=one.dtype.kind == "f"), field


def test_that_the_roll_lists_every_official_once_in_the_order_of_their_numbers() -> None:
    setting = setting_of(find_scenario("four_provinces"))
    layout, administration = setting.layout, begun(setting, 30)
    roll = new_roll(layout)
    roll_call(administration, layout, roll)
    for official in (0, 1, 399, 400, 777, 999):
        j = int(np.searchsorted(layout.first_official, official, side="right")) - 1
        block, lane = divmod(official - int(layout.first_official[j]), LANES)
        block += int(layout.first_block[j])
        assert roll.jurisdiction[official] == j
        assert place_of(layout, official) == (j, block, lane)
        assert np.array_equal(roll.states[:, official], administration.officials[block, lane::LANES])
        posts = [administration.posts[block, field + lane] for field in (GENERATION, ACTION, OUTCOME)]
        assert roll.posts[:3, official].tolist() == posts


@pytest.mark.parametrize(("name", "month"), [("baseline", 0), ("campaign", 40), ("four_provinces", 25), ("reform", 65)])
def test_that_an_explanation_is_what_the_library_explains_and_what_then_happens(name: str, month: int) -> None:
    scenario = find_scenario(name)
    setting = setting_of(scenario)
    administration = begun(setting, month)
    when = Moment(new_key(SEED, RUN), np.uint64(month))
    explanation = new_explanation(setting.layout)
    for official in range(0, scenario.officials, 97):
        explain_official(administration, setting.layout, setting.policies, when, official, explanation)
        scene = scene_of(scenario, Who(official, month, SEED, RUN))
        deed = deed_of(scene)
        assert tuple(explanation.state) == scene.official
        assert tuple(explanation.circumstances) == deed.circumstances
        assert tuple(explanation.outlook) == deed.reasons.outlook
        assert tuple(map(tuple, explanation.terms)) == deed.reasons.terms
        assert tuple(explanation.utilities) == deed.reasons.utilities
        assert tuple(explanation.probabilities) == deed.reasons.probabilities
        assert tuple(explanation.month_luck) + tuple(explanation.case_luck) == (*scene.luck.month, *scene.luck.case)
        told = explanation.deed.tolist()
        if deed.consequence is not None:
            for field, value in deed.consequence._asdict().items():
                assert told[getattr(DEED, field)] == value, field
        assert (told[DEED.action], told[DEED.outcome]) == after_the_month(scene)[:2]


def test_that_an_explanation_under_another_policy_is_what_the_library_explains() -> None:
    scenario, month, official = find_scenario("baseline"), 50, 321
    settings = {"exemption.probability": 0.9, "accountability.certainty": 0.1}
    setting = setting_of(scenario)
    administration = begun(setting, month)
    rows = setting.policies.rows.copy()
    for path, value in settings.items():
        rows[:, parameter_paths().index(path)] = value
    explanation = new_explanation(setting.layout)
    when = Moment(new_key(SEED, RUN), np.uint64(month))
    explain_official(
        administration, setting.layout, Policies(rows, setting.policies.row_of), when, official, explanation
    )
    deed = deed_under(scene_of(scenario, Who(official, month, SEED, RUN)), settings)
    assert tuple(explanation.utilities) == deed.reasons.utilities
    assert explanation.deed[DEED.action] == deed.action


def test_that_explaining_changes_nothing() -> None:
    setting = setting_of(find_scenario("campaign"))
    administration = begun(setting, 36)
    before = deepcopy(administration)
    when = Moment(new_key(SEED, RUN), np.uint64(36))
    explain_official(administration, setting.layout, setting.policies, when, 5, new_explanation(setting.layout))
    for field, array, copy in arrays_of(administration, before):
        assert np.array_equal(array, copy, equal_nan=array.dtype.kind == "f"), field


@given(st.integers(1, 50), st.integers(0, 500))
def test_that_officials_are_shared_out_as_in_a_scenario(n: int, more: int) -> None:
    scenario = with_settings(find_scenario("baseline"), {"size.jurisdictions": n, "size.officials": n + more})
    sizes = np.zeros(n, np.int64)
    fill_sizes(n + more, sizes)
    assert tuple(sizes) == scenario.sizes


def test_that_states_stand_in_the_order_of_their_names() -> None:
    assert new_explanation(setting_of(find_scenario("baseline")).layout).state.shape == (len(OfficialState._fields),)
