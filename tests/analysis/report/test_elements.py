"""What a report is made of."""

from __future__ import annotations

from analysis.report.elements import Table


def test_that_long_texts_stand_left_wherever_they_are_and_numbers_right() -> None:
    rows = (("certainty", "0.0537 [0.00817, 0.172]", "0.44", "measures of all kinds per 100 officials (0.27)"),)
    table = Table("", ("parameter", "median, 95% interval", "contraction", "told by"), rows)
    assert [table.is_number(column) for column in range(4)] == [False, True, True, False]
