"""A session as slides: a PPTX whose charts and tables can be edited, and the charts as PNG (extra "slides")."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from analysis.report.charts import style
from analysis.report.elements import Bullets, Callout, Element, Facts, Paragraph, Section, Table
from analysis.report.presentation import HEIGHT, RIM, WIDTH, height_of, new_deck, size_that_fits, width_of
from analysis.rooms.charts import Lines
from analysis.rooms.choices import choices_of
from analysis.rooms.fit import LEAST_PEOPLE, ClassFit
from analysis.rooms.fitness import fitness_of
from analysis.rooms.report import chart_files, lines_of, people_in, report_document, room_words
from analysis.rooms.reported import Reported
from analysis.rooms.session import Session
from analysis.store.whole_files import write_files
from model.catalogue import Catalogue, Language
from model.vocabulary import ACTIONS

if TYPE_CHECKING:
    from pptx.slide import Slide

FILE = "slides.{language}.pptx"
_TOP, _TITLE_HEIGHT = 0.4, 0.9
_TITLES, _SMALL = (30, 26, 22, 18), 14  # points; a title has one height whatever it says
_CELLS = (20, 18, 16, 14)  # points
_TEXTS = (26, 22, 18, 14)  # points; the largest that leaves room for what stands below
_CHART_HEIGHT, _FOOT_HEIGHT = 3.6, 0.75  # inches
_CELL_RIM = 0.2  # inches
_KEPT_SECTIONS = ("rules", "line", "effect", "shoes", "parameters", "questions", "limits")


class SlideLine(NamedTuple):
    """A paragraph on a slide: a remark is quiet, an item has a bullet."""

    text: str
    is_quiet: bool = False
    is_item: bool = False


class ChartSeries(NamedTuple):
    """A line of an editable chart: its name, its values (None where there is none), how it is drawn."""

    name: str
    values: Sequence[float | None]
    colour: str
    width: float
    is_dashed: bool = False


def write_slides(
    session: Session, fit: ClassFit | None, said: Mapping[str, Any], language: Language, room: str, folder: Path
) -> Path:
    """Write the slides and the charts of a session into a folder, and return the path of the slides.

    Raises
    ------
    ExperimentError
        If python-pptx is not installed.
    """
    deck = new_deck()
    document, words = report_document(session, fit, said, language, room), room_words(language)
    facts = " · ".join(f"{label} {text}" for label, text in document.facts)
    first = [Paragraph(text) for text in (document.question, facts, document.kicker)]
    _fill(_new(deck, document.title), first)
    worlds = iter(range(len(session.designs)))
    for section in document.sections:
        if section.name not in _KEPT_SECTIONS:
            continue
        slide = _new(deck, section.title)
        if section.name == "line" and people_in(session) >= LEAST_PEOPLE:
            world = next(worlds)
            told = Reported(session, world, fit)
            lines = lines_of(session, world, told, said, words)
            chart_files(session, lines, words, room, folder / f"line_{world}.{language}")
            _line_slide(slide, section, lines, words)
        elif section.name == "shoes" and any(isinstance(block, Table) for block in section.blocks):
            _shoes_slide(slide, section, session, fit, words)
        elif section.name == "rules":
            _fill(slide, [block for block in section.blocks if not isinstance(block, Table)])
            tables = [block for block in section.blocks if isinstance(block, Table)]
            _fill(_new(deck, words.text("rooms.rule_number")), tables)
        elif section.name == "questions":
            _fill(slide, [block for block in section.blocks if not isinstance(block, Table)])
            _answer_slides(deck, [block for block in section.blocks if isinstance(block, Table)], words)
        else:
            _fill(slide, section.blocks)
    for slide in deck.slides:
        _foot(slide, f"{document.foot}  {document.facts[0][0]} {room}")
    written = BytesIO()
    deck.save(written)
    return write_files(folder, {FILE.format(language=language): written.getvalue()})[0]


def _inches(length: float) -> Any:
    from pptx.util import Inches  # noqa: PLC0415 - an extra

    return Inches(length)


def _new(deck: Any, title: str) -> Slide:
    """Return a new slide with its title, which stands in the outline too."""
    title_only = deck.slide_layouts[5]
    slide: Slide = deck.slides.add_slide(title_only)
    shape = slide.shapes.title
    assert shape is not None
    shape.left, shape.top = _inches(RIM), _inches(_TOP)
    shape.width, shape.height = _inches(WIDTH - 2 * RIM), _inches(_TITLE_HEIGHT)
    _write(shape.text_frame, [SlideLine(title)], size_that_fits([title], _TITLES, _TITLE_HEIGHT), is_bold=True)
    return slide


def _write(frame: Any, lines: Sequence[SlideLine], size: float, *, is_bold: bool = False) -> None:
    from pptx.enum.text import MSO_ANCHOR, PP_ALIGN  # noqa: PLC0415 - an extra
    from pptx.util import Pt  # noqa: PLC0415

    frame.word_wrap, frame.vertical_anchor = True, MSO_ANCHOR.TOP
    for number, line in enumerate(lines):
        paragraph = frame.paragraphs[0] if number == 0 else frame.add_paragraph()
        paragraph.alignment, paragraph.space_after = PP_ALIGN.LEFT, Pt(size * 0.4)
        if line.is_item:
            _make_item(paragraph, size)
        run = paragraph.add_run()
        run.text = line.text
        run.font.size, run.font.bold = Pt(size), is_bold
        run.font.color.rgb = _colour(style.QUIET_INK if line.is_quiet else style.INK)


def _make_item(paragraph: Any, size: float) -> None:
    """Give a paragraph a bullet of the office program's own, with its lines below each other."""
    from pptx.util import Pt  # noqa: PLC0415 - an extra

    properties = paragraph._p.get_or_add_pPr()
    indent = int(Pt(size))
    properties.set("marL", str(indent))
    properties.set("indent", str(-indent))
    bullet = properties.makeelement(f"{{{properties.nsmap['a']}}}buChar", {"char": "•"})
    properties.append(bullet)


def _colour(name: str) -> Any:
    from pptx.dml.color import RGBColor  # noqa: PLC0415 - an extra

    return RGBColor.from_string(name.removeprefix("#").upper())


def _lines_in(block: Element) -> list[SlideLine]:
    if isinstance(block, Paragraph):
        return [SlideLine(block.text, is_quiet=block.is_quiet)]
    if isinstance(block, Callout):
        return [SlideLine(block.text)]
    if isinstance(block, Bullets):
        return [SlideLine(item, is_item=True) for item in block.items]
    if isinstance(block, Facts):
        return [SlideLine(f"{label} — {text}") for label, text in block.rows]
    return []


def _fill(slide: Slide, blocks: Sequence[Element], below: float = 0.0) -> float:
    """Put texts and tables on a slide from the top down, and return where they end; `below` stays free, in inches.

    Both are as large as leaves room for the others, down to a size that can be read at the back of a room.
    """
    lines = [line for block in blocks for line in _lines_in(block)]
    tables = [block for block in blocks if isinstance(block, Table)]
    top = _TOP + _TITLE_HEIGHT + 0.15
    room, texts = HEIGHT - _FOOT_HEIGHT - top - below, [line.text for line in lines]
    least = sum(_height_of_table(table, _CELLS[-1]) for table in tables)
    if lines:
        size = size_that_fits(texts, _TEXTS, room - least)
        height = height_of(texts, size)
        box = slide.shapes.add_textbox(_inches(RIM), _inches(top), _inches(WIDTH - 2 * RIM), _inches(height))
        _write(box.text_frame, lines, size)
        top, room = top + height, room - height
    cells = next((of for of in _CELLS if sum(_height_of_table(table, of) for table in tables) <= room), _CELLS[-1])
    for table in tables:
        top = _table(slide, table, top, cells) + 0.2
    return top


def _table(slide: Slide, table: Table, top: float, size: float) -> float:
    """Put a table on a slide, and return where it ends."""
    rows, heights = [table.head, *table.rows], _row_heights(table, size)
    height = sum(heights)
    frame = slide.shapes.add_table(
        len(rows), len(table.head), _inches(RIM), _inches(top), _inches(WIDTH - 2 * RIM), _inches(height)
    )
    frame.table.horz_banding = False
    for column, width in enumerate(_column_widths(table, size)):
        frame.table.columns[column].width = _inches(width)
    for row, texts in enumerate(rows):
        frame.table.rows[row].height = _inches(heights[row])
        for column, text in enumerate(texts):
            _cell(frame.table.cell(row, column), text, size, is_head=row == 0, is_number=column >= table.n_texts)
    return top + height


def _cell(cell: Any, text: str, size: float, *, is_head: bool, is_number: bool) -> None:
    """Write a cell: heads white on the deck's blue, numbers to the right."""
    from pptx.enum.text import MSO_ANCHOR, PP_ALIGN  # noqa: PLC0415 - an extra
    from pptx.util import Pt  # noqa: PLC0415

    cell.text, cell.vertical_anchor = text, MSO_ANCHOR.MIDDLE
    cell.fill.solid()
    cell.fill.fore_color.rgb = _colour(style.INNOVATION.colour if is_head else "#F4F6F8")
    for paragraph in cell.text_frame.paragraphs:
        paragraph.alignment = PP_ALIGN.RIGHT if is_number else PP_ALIGN.LEFT
        paragraph.font.size, paragraph.font.bold = Pt(size), is_head
        paragraph.font.color.rgb = _colour("#FFFFFF" if is_head else style.INK)


def _column_widths(table: Table, size: float) -> list[float]:
    """Return the columns' widths in inches: no word is broken, and what is left goes to where the texts are longest."""
    columns = list(zip(table.head, *table.rows, strict=True))
    words = [max((word for text in column for word in text.split()), key=len, default="") for column in columns]
    least = [width_of(word, size) + _CELL_RIM for word in words]
    asked = [max(width_of(text, size) for text in column) for column in columns]
    left = max(WIDTH - 2 * RIM - sum(least), 0.0)
    widths = [one + left * share / sum(asked) for one, share in zip(least, asked, strict=True)]
    return [(WIDTH - 2 * RIM) * width / sum(widths) for width in widths]


def _row_heights(table: Table, size: float) -> list[float]:
    widths = _column_widths(table, size)
    return [
        max(height_of([text], size, width - _CELL_RIM) for text, width in zip(row, widths, strict=True))
        for row in (table.head, *table.rows)
    ]


def _height_of_table(table: Table, size: float) -> float:
    return sum(_row_heights(table, size)) + 0.2


def _answer_slides(deck: Any, tables: Sequence[Table], words: Catalogue) -> None:
    """Add a slide for each question of the debrief that was answered: how many chose which answer, as bars."""
    from pptx.enum.chart import XL_CHART_TYPE  # noqa: PLC0415 - an extra

    for table in tables:
        for question in dict.fromkeys(row[0] for row in table.rows):
            slide, rows = _new(deck, question), [row[1:3] for row in table.rows if row[0] == question]
            counts = [float(count) for _, count in rows]
            series = [ChartSeries(words.text("rooms.table_n"), counts, style.INNOVATION.colour, 1.0)]
            top = _TOP + _TITLE_HEIGHT + 0.15
            chart = _chart(slide, XL_CHART_TYPE.BAR_CLUSTERED, [answer for answer, _ in rows], series, top)
            chart.has_legend, chart.category_axis.reverse_order = False, True
            chart.plots[0].has_data_labels, chart.plots[0].gap_width = True, 60
            chart.value_axis.visible, chart.value_axis.has_major_gridlines = False, False
            chart.value_axis.minimum_scale = 0.0


def _line_slide(slide: Slide, section: Section, lines: Lines, words: Catalogue) -> None:
    """Put the chart of the class and the model on a slide, as a chart that can be edited."""
    from pptx.enum.chart import XL_CHART_TYPE  # noqa: PLC0415 - an extra

    top = _fill(slide, [block for block in section.blocks if isinstance(block, Paragraph)], _CHART_HEIGHT)
    model, own = style.INNOVATION.colour, style.INK
    series = [
        ChartSeries(words.text("rooms.slide_class"), _values(lines.shares), own, 3.5),
        ChartSeries(words.text("rooms.slide_model"), _values(lines.fan.median), model, 2.25),
        ChartSeries(words.text("rooms.slide_low"), _values(lines.fan.low90), model, 1.0, is_dashed=True),
        ChartSeries(words.text("rooms.slide_high"), _values(lines.fan.high90), model, 1.0, is_dashed=True),
        ChartSeries(words.text("rooms.slide_twins"), _values(lines.twins), style.LAZY.colour, 1.75),
    ]
    if lines.guess is not None:
        guess = _values(lines.guess[: len(lines.shares)])
        series.append(ChartSeries(words.text("rooms.guess"), guess, style.RULE, 1.75))
    chart = _chart(slide, XL_CHART_TYPE.LINE_MARKERS, _rounds_by_rule(lines), series, top)
    chart.value_axis.minimum_scale = 0.0
    chart.value_axis.tick_labels.number_format = "0%"
    chart.value_axis.tick_labels.number_format_is_linked = False
    _name_axis(chart.category_axis, words.text("rooms.table_round"))


def _rounds_by_rule(lines: Lines) -> list[tuple[str, list[str]]]:
    """Return the rounds of each stretch below the rule that held in it: the chart's axis has both."""
    ends = [mark.first for mark in lines.rules[1:]] + [len(lines.shares) + 1]
    return [
        (mark.title, [str(number) for number in range(mark.first, end)])
        for mark, end in zip(lines.rules, ends, strict=True)
    ]


def _shoes_slide(slide: Slide, section: Section, session: Session, fit: ClassFit | None, words: Catalogue) -> None:
    """Put what people did beside what the model expected of them on a slide, as bars that can be edited."""
    from pptx.enum.chart import XL_CHART_TYPE  # noqa: PLC0415 - an extra

    texts = [block for block in section.blocks if not isinstance(block, Table)]
    top = _fill(slide, texts, _CHART_HEIGHT)
    found = fitness_of(session, choices_of(session), fit)
    shown = [place for place in range(len(ACTIONS)) if found.observed[place] or found.expected[place] > 0.0]
    observed = [float(found.observed[place]) for place in shown]
    expected = [round(float(found.expected[place]), 1) for place in shown]
    series = [
        ChartSeries(words.text("rooms.shoes_observed"), observed, style.INK, 1.0),
        ChartSeries(words.text("rooms.shoes_expected"), expected, style.INNOVATION.colour, 1.0),
    ]
    names = [words.text(f"rooms.action_{ACTIONS[place]}") for place in shown]
    _chart(slide, XL_CHART_TYPE.COLUMN_CLUSTERED, names, series, top)


def _values(values: Any) -> list[float | None]:
    return [None if math.isnan(float(value)) else round(float(value), 4) for value in values]


def _chart(
    slide: Slide, kind: Any, names: Sequence[str | tuple[str, list[str]]], series: Sequence[ChartSeries], top: float
) -> Any:
    """Put an editable chart on the rest of a slide, and return it; a name may hold further names below it."""
    from pptx.chart.data import CategoryChartData  # noqa: PLC0415 - an extra
    from pptx.enum.chart import XL_LEGEND_POSITION, XL_MARKER_STYLE  # noqa: PLC0415
    from pptx.enum.dml import MSO_LINE  # noqa: PLC0415
    from pptx.util import Pt  # noqa: PLC0415

    data = CategoryChartData()
    for name in names:
        above = data.add_category(name if isinstance(name, str) else name[0])
        for below in () if isinstance(name, str) else name[1]:
            above.add_sub_category(below)
    for one in series:
        data.add_series(one.name, one.values)
    height = max(HEIGHT - top - _FOOT_HEIGHT, 2.5)
    frame = slide.shapes.add_chart(kind, _inches(RIM), _inches(top), _inches(WIDTH - 2 * RIM), _inches(height), data)
    chart = frame.chart
    chart.has_legend, chart.has_title, chart.font.size = True, False, Pt(_SMALL)
    chart.value_axis.major_gridlines.format.line.color.rgb = _colour(style.RULE)
    chart.legend.position, chart.legend.include_in_layout = XL_LEGEND_POSITION.BOTTOM, False
    for one, drawn in zip(series, chart.plots[0].series, strict=True):
        colour = _colour(one.colour)
        if hasattr(drawn, "smooth"):
            drawn.smooth = False
            drawn.format.line.color.rgb, drawn.format.line.width = colour, Pt(one.width)
            if one.is_dashed:
                drawn.format.line.dash_style = MSO_LINE.DASH
            drawn.marker.style = XL_MARKER_STYLE.NONE if one.is_dashed else XL_MARKER_STYLE.CIRCLE
            drawn.marker.format.fill.solid()
            drawn.marker.format.fill.fore_color.rgb = drawn.marker.format.line.color.rgb = colour
        else:
            drawn.format.fill.solid()
            drawn.format.fill.fore_color.rgb = colour
    return chart


def _name_axis(axis: Any, name: str) -> None:
    from pptx.util import Pt  # noqa: PLC0415 - an extra

    axis.has_title = True
    axis.axis_title.text_frame.text = name
    axis.axis_title.text_frame.paragraphs[0].font.size = Pt(_SMALL)


def _foot(slide: Slide, text: str) -> None:
    box = slide.shapes.add_textbox(_inches(RIM), _inches(HEIGHT - 0.55), _inches(WIDTH - 2 * RIM), _inches(0.4))
    _write(box.text_frame, [SlideLine(text, is_quiet=True)], 12)
