"""The wall: what a rule says, in whole numbers that a class can take in, worked out from the policy in force.

Nothing here is typed in: each number is the policy's own, rounded. What is rare is told in cases per hundred.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass

import numpy as np
from numpy.typing import NDArray

from analysis.rooms.points import POINTS_PER_UTILITY, came_column
from analysis.rooms.world import Design, Told
from model.engines.counting import country_of
from model.month import policy_tables_of
from model.parameters import LADDER_FREEZES_MONTHS, LADDER_LOSSES, Parameters
from model.rules.ladder import accountability_ladder
from model.rules.perception import announced_accountability
from model.vocabulary import Outcome

PICTOGRAMS = 20
TENTHS = 10


@dataclass(frozen=True)
class WallNumbers:
    """What stands on the wall of a rule. Tenths are of ten cases; points are losses."""

    act: int
    pursued_in_100: float
    exempt_tenths: int
    exempt_filed_tenths: int
    ladder: tuple[int, ...]  # of twenty sanctions
    losses: tuple[int, ...]  # points, by rung
    bars: tuple[int, ...]  # months without promotion, by rung
    publicity_tenths: int
    disclosure_tenths: int
    called_in_1000: int  # of a thousand months of inaction
    called_loss: int
    called_bar: int
    review: int
    filing: int
    times_baseline: float  # how many times as often failures are pursued as in the model's baseline


def wall_of(design: Design, round_number: int, baseline: Parameters) -> WallNumbers:
    """Return what stands on the wall in a round, for an office of middling complexity."""
    parameters, layout = design.parameters_in(round_number), design.setting.layout
    country = country_of(layout, design.setting.policies, (round_number - 1) * design.months_per_round)
    tables = policy_tables_of(parameters, country.complexity, country)
    accountability = parameters.accountability
    pursued = announced_accountability(accountability, parameters.public)
    ladder = accountability_ladder(accountability.severity)
    return WallNumbers(
        act=design.act_of_round[round_number - 1],
        pursued_in_100=round(100 * pursued) if 100 * pursued >= 1 else round(100 * pursued, 1),
        exempt_tenths=tenths_of(tables.exempt_complexity),
        exempt_filed_tenths=tenths_of(tables.exempt_filed_complexity),
        ladder=parts_of(ladder, PICTOGRAMS),
        losses=tuple(round(POINTS_PER_UTILITY * loss) for loss in LADDER_LOSSES),
        bars=tuple(round(months) for months in LADDER_FREEZES_MONTHS),
        publicity_tenths=tenths_of(accountability.publicity),
        disclosure_tenths=tenths_of(parameters.exemption.disclosure),
        called_in_1000=round(1000 * accountability.inaction_certainty),
        called_loss=round(POINTS_PER_UTILITY * accountability.inaction_loss),
        called_bar=round(accountability.inaction_freeze_months),
        review=round(POINTS_PER_UTILITY * parameters.exemption.review_burden),
        filing=round(POINTS_PER_UTILITY * parameters.exemption.filing_cost),
        times_baseline=round(pursued / announced_accountability(baseline.accountability, baseline.public), 1),
    )


def wall_dict(numbers: WallNumbers) -> dict[str, object]:
    """Return what stands on the wall as plain data."""
    return asdict(numbers)


def saved_by_filing(wall: WallNumbers) -> float:
    """Return how many points filing in advance saves of a failure on average, by what stands on the wall.

    A month has one failure at most, so what filing costs more than this it costs in vain, but for peace of mind.
    """
    mean_loss = sum(n * loss for n, loss in zip(wall.ladder, wall.losses, strict=False)) / PICTOGRAMS
    more_exempt = (wall.exempt_filed_tenths - wall.exempt_tenths) / TENTHS
    return wall.pursued_in_100 / 100 * more_exempt * mean_loss


def filing_never_pays(walls: Sequence[WallNumbers]) -> bool:
    """Tell whether filing costs more points than it saves under each of some rules: who files then pays for safety."""
    return all(wall.filing > saved_by_filing(wall) for wall in walls)


def tenths_of(share: float) -> int:
    """Return a share in tenths; what can happen and need not is never told as never or always."""
    tenths = round(TENTHS * share)
    return tenths if share in (0.0, 1.0) else min(max(tenths, 1), TENTHS - 1)


def parts_of(shares: Sequence[float], whole: int) -> tuple[int, ...]:
    """Return shares as whole numbers that add up to a whole, by the largest remainder."""
    exact = [share * whole for share in shares]
    parts = [int(part) for part in exact]
    by_remainder = sorted(range(len(parts)), key=lambda place: (parts[place] - exact[place], place))
    for place in by_remainder[: whole - sum(parts)]:
        parts[place] += 1
    return tuple(parts)


@dataclass(frozen=True)
class OfficeNews:
    """What became known in an office in a round: whole numbers of cases."""

    sanctions: int
    exemptions: int
    unpursued: int


def known_cases(told: Told, parameters: Parameters) -> NDArray[np.int64]:
    """Return which cases became known, (months, officials, 3): sanctioned, exempted, not pursued; 1 or 0.

    A sanction becomes known with the probability `publicity`, what ended without one with `disclosure`.
    """
    luck = came_column(told.came, "luck_of_news")
    is_case = came_column(told.came, "is_failure_case") == 1.0
    exempt = came_column(told.came, "is_exempt") == 1.0
    public, disclosed = parameters.accountability.publicity, parameters.exemption.disclosure
    honest_exempt = is_case & exempt & (came_column(told.came, "outcome") != Outcome.NEGLIGENCE)
    known = [
        is_case & ~exempt & (luck < public),
        honest_exempt & (luck < disclosed),
        (came_column(told.came, "is_unpursued") == 1.0) & (luck < disclosed),
    ]
    return np.stack(known, axis=-1).astype(np.int64)


def news_of_offices(design: Design, told: Told, parameters: Parameters) -> list[OfficeNews]:
    """Return what became known in each office in a round."""
    layout, known = design.setting.layout, known_cases(told, parameters)
    found = []
    for first, size in zip(layout.first_official, layout.sizes, strict=True):
        sums = known[:, first : first + size].sum(axis=(0, 1))
        found.append(OfficeNews(*(int(total) for total in sums)))
    return found
