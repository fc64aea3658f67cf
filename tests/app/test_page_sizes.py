"""The page scales listed jurisdictions as the library does: both are held to the same cases."""

from __future__ import annotations

import json

from app.builder.page import APP
from model.scenario.settings import proportional_sizes

CASES = APP / "tests" / "proportional_sizes.json"


def test_that_the_cases_of_the_page_are_the_librarys() -> None:
    for case in json.loads(CASES.read_text(encoding="utf-8")):
        assert proportional_sizes(case["sizes"], case["total"]) == case["scaled"], case
