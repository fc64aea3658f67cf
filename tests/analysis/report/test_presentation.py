"""How high text stands on a slide: on the safe side, since office programs break lines by themselves."""

from __future__ import annotations

import pytest

from analysis.report.presentation import CHINESE_FONT, HEIGHT, RIM, WIDTH, height_of, new_deck, size_that_fits

LINE = 1.25 * 20 / 72
LATIN, CHINESE = "word " * 20, "规定" * 20


def test_chinese_signs_are_as_wide_as_the_type_is_high() -> None:
    signs_of_a_line = int((WIDTH - 2 * RIM) * 72 / 20)
    one, two = (height_of(["规" * n], 20) for n in (signs_of_a_line, signs_of_a_line + 1))
    assert two - one == pytest.approx(LINE)
    assert height_of(["w" * signs_of_a_line], 20) == pytest.approx(one)  # Latin takes little more than half of it


def test_every_paragraph_takes_a_line_even_an_empty_one() -> None:
    assert height_of(["", ""], 20) > height_of([""], 20) > LINE


def test_the_largest_size_that_fits_is_taken_or_the_smallest() -> None:
    assert size_that_fits([LATIN], (40, 20, 10), HEIGHT) == 40
    assert size_that_fits([LATIN * 9], (40, 20, 10), 2.0) == 10
    for text in (LATIN * 4, CHINESE * 4):
        size = size_that_fits([text], (40, 30, 20, 10), 2.0)
        assert height_of([text], size) <= 2.0


def test_the_theme_of_a_deck_names_a_font_for_chinese() -> None:
    pytest.importorskip("pptx")
    from pptx.opc.constants import RELATIONSHIP_TYPE  # noqa: PLC0415 - an extra

    theme = new_deck().slide_master.part.part_related_by(RELATIONSHIP_TYPE.THEME).blob.decode()
    assert theme.count(f'<a:ea typeface="{CHINESE_FONT}"/>') == 2  # of titles and of texts
