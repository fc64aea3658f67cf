"""The order of a month stands once, in model.month.MONTH: both engines go through it, and a swapped step is noticed."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest

from model.engines import ensemble, mesa_engine
from model.month import MONTH
from tests.made_scenarios import made_scenario

SOURCE = Path(ensemble.__file__).read_text(encoding="utf-8")
# Where the compiled engine begins a month; it goes down from here into every function of its own that is no step.
START = "whole_run"


def calls_in_order(node: ast.AST) -> Iterator[str]:
    """Yield the names of the functions called in a piece of code, in the order in which they run.

    An argument is worked out before the call that it is handed to.
    """
    for child in ast.iter_child_nodes(node):
        yield from calls_in_order(child)
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
        yield node.func.id


def steps_in(source: str, start: str = START) -> list[str]:
    """Return the steps of a month in the order in which a source text calls them, beginning with a function."""
    functions = {node.name: node for node in ast.parse(source).body if isinstance(node, ast.FunctionDef)}

    def steps(name: str) -> Iterator[str]:
        for called in calls_in_order(functions[name]):
            if called in MONTH:
                yield called
            elif called in functions:
                yield from steps(called)

    return list(steps(start))


def swapped(source: str, one: str, other: str) -> str:
    """Return a source text with the calls of two functions exchanged, wherever they stand."""

    class Swap(ast.NodeTransformer):
        def visit_Call(self, node: ast.Call) -> ast.AST:
            self.generic_visit(node)
            if isinstance(node.func, ast.Name):
                node.func.id = {one: other, other: one}.get(node.func.id, node.func.id)
            return node

    return ast.unparse(Swap().visit(ast.parse(source)))


def test_that_the_compiled_engine_takes_the_steps_of_a_month_in_their_order() -> None:
    assert steps_in(SOURCE) == list(MONTH)


@pytest.mark.parametrize(("one", "other"), list(pairwise(MONTH)))
def test_that_two_steps_in_the_wrong_order_would_be_noticed(one: str, other: str) -> None:
    found = steps_in(swapped(SOURCE, one, other))
    assert sorted(found) == sorted(MONTH)
    assert found != list(MONTH)


@pytest.mark.parametrize("step", MONTH)
def test_that_a_step_left_out_would_be_noticed(step: str) -> None:
    assert steps_in(swapped(SOURCE, step, "nothing_of_the_kind")) == [other for other in MONTH if other != step]


def test_that_the_steps_are_functions_of_the_compiled_engine_and_of_an_administration() -> None:
    for step in MONTH:
        assert callable(getattr(ensemble, step))
        assert callable(getattr(mesa_engine.Administration, step))


def test_that_the_readable_engine_goes_through_the_list_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    """It has no order of its own: whatever the list says is done, in that order."""
    done: list[str] = []
    for step in MONTH:
        monkeypatch.setattr(mesa_engine.Administration, step, lambda self, name=step: done.append(name))
    reversed_month = tuple(reversed(MONTH))
    for month in (MONTH, reversed_month):
        monkeypatch.setattr(mesa_engine, "MONTH", month)
        administration = mesa_engine.Administration(made_scenario(officials=2, n_jurisdictions=1, months=2))
        monkeypatch.setattr(administration.datacollector, "collect", lambda model: None)
        done.clear()
        administration.step()
        assert done == list(month)


def test_that_another_order_gives_other_numbers(monkeypatch: pytest.MonkeyPatch) -> None:
    """News that go round before the authorities respond tell of nothing, and nobody learns from them."""
    scenario = made_scenario(
        {"accountability.certainty": 1.0, "behaviour.temperature": 10.0, "behaviour.weight_own": 0.0}, 60, 2, 6
    )
    learned = []
    order = list(MONTH)
    place, other = order.index("authorities_respond"), order.index("news_goes_round")
    order[place], order[other] = order[other], order[place]
    for month in (MONTH, tuple(order)):
        monkeypatch.setattr(mesa_engine, "MONTH", month)
        administration = mesa_engine.Administration(scenario)
        administration.run_model()
        learned.append(sum(official.accountability_seen for official in administration.officials))
    assert learned[1] < learned[0]
