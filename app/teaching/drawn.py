"""Whether a lesson's charts show what its claims speak of: the same measure of the same policy, at the same grain."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

Tree = Mapping[str, Any]
Curve = tuple[str, str, str | None, str | None]  # an arm, a measure, what it is counted per, the arm taken off


def problems_of_charts(content: Tree) -> Iterator[str]:
    """Yield which claims speak of something that the chart shown with them does not draw."""
    number_of_chart = 0
    for number, claim in enumerate(content["claim"], start=1):
        number_of_chart = claim.get("chart", number_of_chart)
        if not 0 <= number_of_chart <= len(content.get("reveal", ())):
            continue  # told elsewhere
        chart = content["reveal"][number_of_chart - 1] if number_of_chart else content["prediction"]
        for side in ("quantity", "than"):
            if side in claim and not is_drawn(chart, claim[side]):
                asked = claim[side]
                yield (
                    f"claim[{number}].{side} is {asked['measure']} of {asked['arm']}, which chart {number_of_chart} "
                    "does not draw; name the chart of the reveal that does, or add one"
                )


def is_drawn(chart: Tree, asked: Tree) -> bool:
    """Tell whether a chart draws what a side of a claim is: years need a curve, a jurisdiction the map of them."""
    form = chart["form"]
    if ("jurisdiction" in asked) != (form == "jurisdictions") or ("years" in asked and form != "curve"):
        return False
    drawn = set(_curves(chart))
    arm, measure, per, less = asked["arm"], asked["measure"], asked.get("per"), asked.get("less")
    if (arm, measure, per, less) in drawn:
        return True
    if less is None:
        return False
    is_reversed = (less, measure, per, arm) in drawn  # the same gap, seen from the other side
    return is_reversed or {(arm, measure, per, None), (less, measure, per, None)} <= drawn


def _curves(chart: Tree) -> Iterator[Curve]:
    """Yield what a chart draws, place by place; a list of one stands for all places."""
    lines = chart["line"] if "line" in chart else [chart[name] for name in ("given", "asked") if name in chart]
    for line in lines:
        lists = [line["arms"], line["measures"], line.get("per", [None]), line.get("less", [None])]
        longest = max(len(one) for one in lists)
        for place in range(longest):
            arm, measure, per, less = (one[place] if len(one) > 1 else one[0] for one in lists)
            yield arm, measure, per, less
