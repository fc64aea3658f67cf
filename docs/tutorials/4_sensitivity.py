"""Sensitivity: which parameters matter, and how much of what is seen is luck."""

from dataclasses import replace
from pathlib import Path

from analysis.experiments import DesignPlan, Factor, Specification, report, sensitivity, sweep
from model.parameters import about
from model.scenario import Text, find_scenario, with_settings

folder = Path("tutorial")
folder.mkdir(exist_ok=True)

# Everything that a file can say can be said in Python, too. Four parameters over their plausible ranges; the shipped
# experiments morris_screening and saltelli_strongest do this for all parameters and for the twelve strongest.
paths = (
    "accountability.severity",
    "accountability.certainty",
    "exemption.probability",
    "behaviour.temperature",
)


def factor_of(path: str) -> Factor:
    """Return a factor over the plausible range of its parameter."""
    plausible = about(path).plausible
    assert plausible is not None
    return Factor(path, *plausible)


screening = Specification(
    name="screening",
    title=Text("Four parameters", "四个参数"),
    question=Text("Which of four parameters matter?", "四个参数中哪些重要？"),
    base=with_settings(find_scenario("baseline"), {"size.jurisdictions": 2}, officials=100),
    factors=tuple(factor_of(path) for path in paths),
    design=DesignPlan("morris", trajectories=20, levels=4, seed=1),
    measures=("innovation_rate", "lazy_prevalence", "public_value"),
    replications=10,
)

# First screen: Morris' elementary effects say which parameters move a measure at all, with few runs.
experiment = sweep(screening, folder / "screening")
found = sensitivity(experiment, ["innovation_rate"])
strength = found.indices[found.indices["index"] == "mu_star"]
print(strength[["factor", "value", "low", "high", "verdict"]].to_string(index=False))

# Then share out the variance: Sobol' indices, first order (alone) and total (with all interactions). Luck makes every
# run differ; what it leaves in the means is taken out, and its own share is shown apart.
shares = replace(screening, name="shares", design=DesignPlan("saltelli", base_points=128, seed=1), replications=5)
experiment = sweep(shares, folder / "shares")
found = sensitivity(experiment, ["innovation_rate"])
print(found.indices[["index", "factor", "value", "low", "high", "verdict"]].to_string(index=False))
print(f"luck makes up {found.noise['noise_share'].iloc[0]:.1%} of the variance of single runs")

# An index whose interval is as wide as itself says so: "not enough runs". Believe it, and raise base_points.
total = found.indices[found.indices["index"] == "total"].set_index("factor")
assert total["value"].idxmax() == "accountability.certainty"
assert total.loc["accountability.certainty", "verdict"] == "matters"

written = report(folder / "shares", language="zh")
print("report:", written.page)

# On the command line the same is
#   python run.py sweep morris_screening
#   python run.py sensitivity results/morris_screening
#   python run.py report results/morris_screening
