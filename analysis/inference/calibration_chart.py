"""The chart of a calibration: what is left of each range, and how much of its variance is gone."""

from __future__ import annotations

import math

from analysis.inference.calibration import Calibration
from analysis.inference.calibration_document import label_of
from analysis.inference.inference import IN_PART
from analysis.report.charts import style
from analysis.report.charts.bar_rows import Slide
from analysis.report.charts.dot_rows import Dot, DotPanel, DotSeries, rows_chart
from analysis.report.charts.layout import Heading
from analysis.report.charts.style import chart_style
from model.catalogue import Catalogue


@chart_style()
def marginals_chart(found: Calibration, words: Catalogue) -> Slide:
    """Return the chart of the marginals: median and 95% interval as shares of the range assumed, and contraction."""
    rows = found.inference.marginals
    width = rows["high"] - rows["low"]
    shares = rows[["median", "q025", "q975"]].sub(rows["low"], axis=0).div(width, axis=0)
    is_told = rows["contraction"] >= IN_PART
    intervals = [
        Dot(float(median), float(low), float(high), bool(told))
        for (median, low, high), told in zip(shares.to_numpy(), is_told, strict=True)
    ]
    points = [
        Dot(float(share), math.nan, math.nan, bool(told))
        for share, told in zip(rows["contraction"], is_told, strict=True)
    ]
    panels = [
        DotPanel(words.text("calibration.chart_left"), [DotSeries(intervals, style.POINT, "o")], "{:.0%}".format),
        DotPanel(words.text("calibration.contraction"), [DotSeries(points, style.POINT, "o")], "{:.1f}".format),
    ]
    note = words.text("calibration.chart_note").format(
        name=found.targets.name, n=f"{len(found.inference.table.points):,}"
    )
    heading = Heading(words.text("calibration.chart"), words.text("calibration.chart_reading"), note)
    return rows_chart(heading, [label_of(name, words) for name in rows["name"]], panels)
