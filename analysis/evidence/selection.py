"""Selection: what can be said of all cases when only some were published.

There is no default: whoever estimates says what is assumed. `bounds` assumes nothing but a share of published cases
(Manski 2003); `model` assumes how likely an exemption and a sanction are to be published; `none` takes published cases
for all cases, and every output says so.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from scipy.special import xlog1py, xlogy
from scipy.stats import beta

from analysis.evidence.coded_file import EvidenceError
from analysis.evidence.tally import Share

Floats = NDArray[np.float64]
Range = tuple[float, float]
Stance = Literal["bounds", "model", "none"]
STANCES: tuple[Stance, ...] = ("bounds", "model", "none")
DISCLOSURE, PUBLICITY = "exemption.disclosure", "accountability.publicity"
_SMALLEST = 1e-9


@dataclass(frozen=True)
class Selection:
    """What is assumed of how published cases were chosen: the stance, and the ranges that belong to it."""

    stance: Stance
    published: Range = (0.0, 1.0)
    disclosure: Range = (0.0, 1.0)
    publicity: Range = (0.0, 1.0)

    @property
    def ranges(self) -> dict[str, Range]:
        """Return what is unknown under this stance beside the parameters, with the range of each."""
        if self.stance == "model":
            return {DISCLOSURE: self.disclosure, PUBLICITY: self.publicity}
        return {}

    @property
    def words(self) -> tuple[str, ...]:
        """Return the stance with its ranges, word by word as behind --selection on the command line."""
        stated = {"published": self.published} if self.stance == "bounds" else self.ranges
        texts = ((f"--{path.split('.')[-1]}", f"{low:g}:{high:g}") for path, (low, high) in stated.items())
        return (self.stance, *(word for pair in texts for word in pair))

    @property
    def text(self) -> str:
        """Return the stance with its ranges in one line."""
        return " ".join(self.words)


def selection_of(stance: str | None, published: str | None, disclosure: str | None, publicity: str | None) -> Selection:
    """Return the stance chosen on the command line; EvidenceError if there is none or its ranges do not fit it."""
    if stance not in STANCES:
        found = "is missing, and has no default" if stance is None else f"found {stance!r}"
        raise EvidenceError(
            f"--selection: {found}; published cases are chosen by somebody. Allowed are bounds (with --published), "
            "model (with --disclosure and --publicity) and none (published cases taken for all cases)"
        )
    given = {"published": published, "disclosure": disclosure, "publicity": publicity}
    wanted = {"bounds": ("published",), "model": ("disclosure", "publicity"), "none": ()}[stance]
    for name, text in given.items():
        if text is not None and name not in wanted:
            raise EvidenceError(f"--{name}: does not belong to --selection {stance}; leave it out")
        if text is None and name in wanted:
            advice = f"write --{name} 0:1 if nothing is known, or for example --{name} 0.1:0.6"
            raise EvidenceError(f"--{name}: is missing, and --selection {stance} needs it; {advice}")
    ranges = {name: range_of(name, given[name] or "") for name in wanted}
    all_of_it = (0.0, 1.0)
    return Selection(stance, *(ranges.get(name, all_of_it) for name in given))


def range_of(name: str, text: str) -> Range:
    """Return (low, high) of "low:high"; EvidenceError if it is no range within 0 and 1."""
    low, colon, high = text.partition(":")
    try:
        found = (float(low), float(high if colon else low))
    except ValueError:
        found = (np.nan, np.nan)
    if not 0.0 <= found[0] <= found[1] <= 1.0:
        raise EvidenceError(f"--{name} {text}: is no range of shares; write LOW:HIGH within 0 and 1, such as 0.1:0.6")
    if found[1] == 0.0:
        raise EvidenceError(f"--{name} {text}: then nothing would have been published; write a range above 0")
    return found


def share_interval(share: Share) -> tuple[float, float, float]:
    """Return a share's median and the ends of its 95% interval (Jeffreys); NaN and 0 to 1 if nothing was counted."""
    if share.n == 0:
        return np.nan, 0.0, 1.0
    low, middle, high = (beta.ppf(q, share.k + 0.5, share.n - share.k + 0.5) for q in (0.025, 0.5, 0.975))
    return float(middle), float(low), float(high)


def bounds_of(share: Share, selection: Selection) -> tuple[float, float]:
    """Return between what a share lies among all cases, sampling error included, under the stance."""
    _, low, high = share_interval(share)
    if share.n == 0:
        return 0.0, 1.0
    if selection.stance == "bounds":
        least = selection.published[0]
        return least * low, 1.0 - least * (1.0 - high)
    if selection.stance == "model":
        (d_low, d_high), (p_low, p_high) = selection.disclosure, selection.publicity
        return true_share(low, p_low, d_high), true_share(high, p_high, d_low)
    return low, high


def true_share(published: float, publicity: float, disclosure: float) -> float:
    """Return the share exempted of all cases from that of published ones: odds times publicity over disclosure."""
    exempted, sanctioned = published * publicity, (1.0 - published) * disclosure
    total = exempted + sanctioned
    return exempted / total if total > 0.0 else published


def shares_published(x: Floats, selection: Selection) -> tuple[Floats, Floats]:
    """Return between what the share among published cases lies where it is x among all, under `bounds`."""
    part = max(selection.published[0], _SMALLEST)
    low, high = np.maximum(0.0, (x - (1.0 - part)) / part), np.minimum(1.0, x / part)
    return low, np.maximum(low, high)


def log_likelihood(share: Share, x: Floats, values: dict[str, Floats], selection: Selection) -> Floats:
    """Return the log likelihood of what was published where a share x of all cases was exempted.

    Under `bounds` the published share may be anything that x and the least share of published cases allow; the
    likelihood is the largest of these. So nothing within the bounds is preferred, and if all may be hidden nothing is
    learned.
    """
    if selection.stance == "bounds":
        y = np.clip(share.k / max(share.n, 1), *shares_published(x, selection))
    elif selection.stance == "model":
        exempted, sanctioned = x * values[DISCLOSURE], (1.0 - x) * values[PUBLICITY]
        y = exempted / np.maximum(exempted + sanctioned, _SMALLEST)
    else:
        y = x
    return np.asarray(xlogy(share.k, y) + xlog1py(share.n - share.k, -y))
