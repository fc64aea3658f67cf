"""The search: only fresh numbers are shown, what was found before is found again, and a kill loses nothing."""

from __future__ import annotations

import json
import re
import signal
import subprocess
import time
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from scipy.stats import t

pytest.importorskip("pymoo")

from analysis.design.runs import run_of
from analysis.documents import document_paths
from analysis.search.charts import lines_of
from analysis.search.document import DOCUMENT, NAME, PACKAGES, document, package_files
from analysis.search.front import bounds_table, front_table, scenarios_of, write_front
from analysis.search.report import write_report
from analysis.search.search import BASE, SearchResult, search
from analysis.search.search_file import find_search
from analysis.search.sentences import bound_sentences, difference_head, difference_rows, result_sentences
from analysis.search.worlds import experiment_of, simulated, worlds_of
from analysis.store.experiment import open_experiment
from analysis.words import words_in
from model.catalogue import LANGUAGES, Language
from model.parameters import value_at
from model.scenario import find_scenario
from tests.analysis.search.made_searches import TINY, made_file
from tests.command_lines import command
from tests.made_experiments import silent


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("search")


@pytest.fixture(scope="module")
def found(folder: Path) -> SearchResult:
    result = search(find_search(made_file(folder)), folder / "tiny", workers=1, watch=silent())
    write_front(result, folder / "tiny")
    return result


def bytes_below(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_that_a_world_has_the_same_luck_whatever_the_package(folder: Path) -> None:
    plan = find_search(made_file(folder))
    worlds = worlds_of(plan, 3, 1)
    specification = experiment_of(plan, "x", np.full((4, 2), 0.1), worlds, (1, 2))
    runs = [run_of(specification, number).run for number in range(4 * 3 * 2)]
    assert runs == list(range(6)) * 4


def test_that_what_is_shown_is_from_fresh_worlds_with_fresh_luck(found: SearchResult, folder: Path) -> None:
    searched = open_experiment(folder / "tiny" / "generation_2").table()
    checked = open_experiment(folder / "tiny" / "check")
    fresh = checked.table()
    assert not set(searched["work.complexity"]) & set(fresh["work.complexity"])
    assert set(searched["seed"]) != set(fresh["seed"])
    assert checked.specification.seed != open_experiment(folder / "tiny" / "generation_0").specification.seed
    by_package = fresh["innovation_rate"].to_numpy().reshape(len(found.names), -1).mean(axis=1)
    np.testing.assert_allclose(front_table(found)["innovation_rate_mean"], by_package)


def test_that_the_kept_keep_to_the_limits_and_the_base_scenario_is_there(found: SearchResult) -> None:
    table = front_table(found)
    assert BASE in set(table["candidate"])
    assert (table.loc[table["is_kept"], "beaten_by"] == "").all()
    assert (found.violations[list(found.kept)] <= 0.0).all()
    assert 1 <= len(found.shown) <= 8
    assert set(found.shown) <= set(found.kept)
    assert (table["public_value_worst_decile"] <= table["public_value_mean"] + 1e-12).all()
    assert table["public_value_regret"].min() >= 0.0


def test_that_packages_are_scenarios_that_give_what_was_tried(found: SearchResult, folder: Path) -> None:
    files = sorted((folder / "tiny-front" / "scenarios").glob("*.toml"))
    assert len(files) == len(found.shown) == len(scenarios_of(found))
    for path, candidate in zip(files, found.shown, strict=True):
        scenario = find_scenario(str(path))
        assert dict(scenario.provenance)["made_by"] == "search"
        for lever, value in zip(found.plan.levers, found.levers[candidate], strict=True):
            assert value_at(scenario.parameters, lever.path) == value


def test_that_writing_anew_takes_away_packages_of_before_and_nothing_of_the_users(
    found: SearchResult, tmp_path: Path
) -> None:
    scenarios = tmp_path / "again-front" / "scenarios"
    scenarios.mkdir(parents=True)
    for name in ("mine", f"{found.plan.name}_99", f"{found.plan.name}_1_mine"):
        (scenarios / f"{name}.toml").write_text("mine")
    write_front(found, tmp_path / "again")
    kept = {scenario.name for scenario in scenarios_of(found)} | {"mine", f"{found.plan.name}_1_mine"}
    assert {path.stem for path in scenarios.iterdir()} == kept


@pytest.mark.parametrize("language", LANGUAGES)
def test_that_report_and_page_show_every_package_that_is_left(
    found: SearchResult, folder: Path, language: Language
) -> None:
    report, page = write_report(found, folder / "shown", language)
    assert report.read_text(encoding="utf-8").count("data:image/svg+xml;base64,") == 1
    assert page.name in report.read_text(encoding="utf-8")
    text = page.read_text(encoding="utf-8")
    assert "default-src 'none'" in text
    assert "http" not in text.replace("http-equiv", "").replace("http://www.w3.org/2000/svg", "")
    data = json.loads(text.split('<script type="application/json" id="data">')[1].split("</script>")[0])
    table = front_table(found)
    drawn = table[table["is_kept"] | (table["candidate"] == BASE)].reset_index(drop=True)
    assert len(data["lines"]) == len(drawn)
    levers, objectives = [one.path for one in found.plan.levers], found.plan.objectives
    assert len(data["axes"]) == len(levers) + len(objectives)
    for line, (_, row) in zip(data["lines"], drawn.iterrows(), strict=True):
        assert line["texts"][: len(levers)] == [f"{row[path]:.3g}" for path in levers]
        for one, at, axis in zip(objectives, line["at"][len(levers) :], data["axes"][len(levers) :], strict=True):
            bottom, top = axis["range"]
            assert bottom + at * (top - bottom) == pytest.approx(row[f"{one.measure}_{one.over}"], abs=1e-4)
    for axis, one in zip(data["axes"][len(levers) :], objectives, strict=True):
        assert (axis["range"][0] <= axis["range"][1]) == (one.better == "more"), "better is up"
    figures = {path.name for path in (report.parent / "figures").iterdir()}
    assert {f"front.{language}.png", f"front.{language}.svg"} <= figures


def test_that_what_rests_on_invented_data_says_so_in_every_package_and_chart(tmp_path: Path) -> None:
    (tmp_path / "draws.csv").write_text("work.complexity\n0.2\n0.3\n0.4\n", encoding="utf-8")
    text = TINY.replace('[[world]]\npath = "work.complexity"\n', "").replace(
        "seed = 1\n", 'seed = 1\ndraws = "draws.csv"\n', 1
    )
    path = made_file(tmp_path, text.replace("generations = 3", "generations = 1"))
    assert not find_search(path).is_invented
    (tmp_path / "summary.json").write_text('{"provenance": {"invented": true}}', encoding="utf-8")
    result = search(find_search(path), tmp_path / "tiny", workers=1, watch=silent())
    for scenario in write_front(result, tmp_path / "tiny"):
        if scenario.suffix == ".toml":
            assert find_scenario(str(scenario)).is_invented
            assert find_scenario(str(scenario)).title.en.startswith("Invented data: ")
    report, page = write_report(result, tmp_path / "tiny", "en")
    band = words_in("en").text("evidence.band")
    assert band in report.read_text(encoding="utf-8")
    assert f'<p class="band">{band}</p>' in page.read_text(encoding="utf-8")
    assert json.loads((report.parent / "summary.json").read_text(encoding="utf-8"))["invented"] is True


def test_that_packages_are_told_as_differences_from_the_base_scenario_in_the_same_worlds(found: SearchResult) -> None:
    words = words_in("en")
    rows = difference_rows(found, words)
    assert [row[0] for row in rows] == [f"Package {number}" for number in range(1, len(found.shown) + 1)]
    assert {len(row) for row in rows} == {len(difference_head(found, words))}
    column = found.plan.measures.index("innovation_rate")
    base = found.values[found.names.index(BASE), :, column]
    for row, candidate in zip(rows, found.shown, strict=True):
        apart = 100.0 * (found.values[candidate, :, column] - base)
        half = t.ppf(0.975, len(apart) - 1) * apart.std(ddof=1) / np.sqrt(len(apart))
        mean = apart.mean()
        assert [float(text) for text in re.findall(r"[+-][\d.]+", row[1])] == pytest.approx(
            [mean, mean - half, mean + half], abs=0.051
        )


def test_that_it_is_said_which_limit_the_base_scenario_breaks(found: SearchResult) -> None:
    base = found.names.index(BASE)
    violations = found.violations.copy()
    violations[base] = 0.125  # beyond 0.5
    broken = replace(found, violations=violations, kept=tuple(place for place in found.kept if place != base))
    told = "The base scenario breaks a limit: share of self-dealing at most 0.5 (mean over worlds); in it 62.5%."
    assert told in result_sentences(broken, words_in("en"))[1]
    beaten = replace(broken, violations=np.minimum(violations, 0.0))
    assert "The base scenario is beaten beyond luck." in result_sentences(beaten, words_in("en"))[1]


def test_that_a_candidate_is_numbered_as_the_package_that_stands_for_it(found: SearchResult) -> None:
    table = front_table(found)
    packages = table.dropna(subset=["package"]).set_index("package")
    assert {number: packages["candidate"][number] for number in packages.index} == {
        number: found.names[place] for number, place in enumerate(found.shown, start=1)
    }
    assert list(packages.index[packages["is_shown"]]) == sorted(packages.index)
    told = {line.name for line in lines_of(found, words_in("zh"))}
    assert "组合 1" in told
    assert not [name for name in told if name.startswith(("package", "candidate"))]


def test_that_every_lever_is_said_to_be_at_its_bound_or_not(found: SearchResult) -> None:
    assert list(bounds_table(found)["path"]) == [lever.path for lever in found.plan.levers]
    for language in ("en", "zh"):
        assert len(list(bound_sentences(found, words_in(language)))) == len(found.plan.levers)


def test_that_the_same_search_gives_the_same_bytes_on_more_threads(found: SearchResult, folder: Path) -> None:
    other = folder / "threads"
    again = search(found.plan, other / "tiny", workers=2, watch=silent())
    write_front(again, other / "tiny")
    assert bytes_below(other / "tiny-front") == bytes_below(folder / "tiny-front")


def test_that_finished_generations_are_not_run_again(found: SearchResult, folder: Path) -> None:
    runs: list[int] = []
    watch = silent()
    again = search(found.plan, folder / "tiny", watch=type(watch)(runs.append, watch.say))
    assert not runs
    pd.testing.assert_frame_equal(front_table(again), front_table(found))


def test_that_without_a_package_within_limits_the_one_that_exceeds_them_least_is_shown(tmp_path: Path) -> None:
    text = TINY.replace("at_most = 0.5", "at_most = -0.5").replace("generations = 3", "generations = 1")
    result = search(find_search(made_file(tmp_path, text)), tmp_path / "tiny", workers=1, watch=silent())
    assert not result.is_feasible
    assert len(result.kept) == 1
    assert "No package keeps to the limits" in result_sentences(result, words_in("en"))[0]


@pytest.mark.slow
def test_that_a_kill_in_any_generation_changes_no_byte(found: SearchResult, folder: Path, tmp_path: Path) -> None:
    path = made_file(tmp_path)
    left = bytes_below(folder / "tiny-front")
    shown = []  # charts and pages, which the command makes of it
    for place in ("generation_0", "generation_2", "check"):
        target = tmp_path / place / "tiny"
        running = subprocess.Popen(command("search", str(path), "--out", str(target)), stdout=subprocess.DEVNULL)
        deadline = time.monotonic() + 120
        while not (target / place).exists() and running.poll() is None and time.monotonic() < deadline:
            time.sleep(0.002)
        running.send_signal(signal.SIGKILL)
        running.wait()
        done = subprocess.run(command("search", str(path), "--out", str(target)), capture_output=True, check=False)
        assert done.returncode == 0, done.stderr.decode()
        found_again = bytes_below(target.with_name("tiny-front"))
        assert {name: found_again.pop(name) for name in left} == left
        shown.append(found_again)
    assert len(shown[0]) == 4
    assert shown[1:] == shown[:-1]


ONE_LEVER = """schema = 1
scenario = "baseline"
worlds = 2
seed = 1

[size]
officials = 400
jurisdictions = 8
months = 120

[[lever]]
path = "PATH"
low = LOW
high = HIGH

[[world]]
path = "behaviour.memory_half_life_months"
low = 23.99
high = 24.01

[[objective]]
measure = "MEASURE"
better = "more"

[algorithm]
population = 8
generations = 6

[check]
worlds = 16
replications = 1
failure_worlds = 200
"""


def of_one_lever(folder: Path, path: str, ends: tuple[float, float], measure: str) -> SearchResult:
    text = ONE_LEVER.replace("PATH", path).replace("MEASURE", measure)
    text = text.replace("LOW", str(ends[0])).replace("HIGH", str(ends[1]))
    return search(find_search(made_file(folder, text, "one")), folder / "one", watch=silent())


@pytest.mark.slow
def test_that_certainty_for_innovation_lands_on_its_bound_and_is_flagged(tmp_path: Path) -> None:
    result = of_one_lever(tmp_path, "accountability.certainty", (0.005, 0.2), "innovation_rate")
    assert result.bounds[0].bound == 0.005
    assert result.bounds[0].is_mostly
    said = " ".join(result_sentences(result, words_in("en")))
    assert "the model holds no reason against the bound; do not read it as advice" in said


@pytest.mark.slow
def test_that_the_exemption_that_a_scan_finds_best_for_public_value_is_found(tmp_path: Path) -> None:
    """A scan in thirteen steps, in the worlds and with the luck in which the search shows what it found."""
    result = of_one_lever(tmp_path, "exemption.probability", (0.0, 1.0), "public_value")
    plan = result.plan
    steps, worlds = np.linspace(0.0, 1.0, 13), worlds_of(plan, plan.check.worlds, plan.check.seed)
    luck = (plan.check.seed, plan.check.replications)
    scan = experiment_of(plan, "scan", steps[:, None], worlds, luck)
    values = simulated(plan, (scan, len(worlds)), tmp_path / "scan", None, silent())
    scanned = values[:, :, plan.measures.index("public_value")].mean(axis=1)
    best = int(scanned.argmax())
    assert 0 < best < 12, "the best is inside, so that it must be found and no bound can stand for it"
    table = front_table(result).set_index("candidate")
    shown = table[table["is_shown"]]
    assert len(shown) >= 1
    assert (shown["exemption.probability"] - steps[best]).abs().max() <= steps[1]
    assert shown["public_value_mean"].min() >= scanned[best] - 0.01 * np.ptp(scanned)
    assert not result.bounds[0].is_mostly


@pytest.mark.slow
def test_that_the_page_on_the_search_and_its_packages_are_up_to_date(tmp_path: Path) -> None:
    made = search(find_search(NAME), tmp_path / NAME, watch=silent())
    for language, path in document_paths(DOCUMENT).items():
        told = document(made, language)
        assert told == path.read_text(encoding="utf-8"), "renew it: python -m analysis.search.document"
    shipped = {path.name: path.read_text(encoding="utf-8") for path in PACKAGES.glob("*.toml")}
    assert shipped == package_files(made), "renew them: python -m analysis.search.document"
