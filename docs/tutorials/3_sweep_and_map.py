"""Sweep and map: an experiment over two levers, the line where officials stop innovating, a report."""

from pathlib import Path

from analysis.experiments import (
    effects,
    estimate,
    map_plane,
    needed_for,
    reference_values,
    report,
    rerun,
    status,
    sweep,
)

folder = Path("tutorial")
folder.mkdir(exist_ok=True)

# An experiment is a file, too: a base scenario, the factors to vary, how the points are laid out, and how often each is
# replicated. A factor without a range gets the plausible range of its parameter. This is a small version of the shipped
# severity_exemption_map.
file = folder / "levers.toml"
file.write_text(
    """
schema = 1
scenario = "baseline"
replications = 10
seed = 1
measures = "all"

[title]
en = "Two levers"
zh = "两个杠杆"

[question]
en = "How often must honest failure be exempted before officials innovate rather than do nothing?"
zh = "诚实的失误要有多大机会获得免责，官员才会创新而不是不作为？"

[size]
officials = 100
jurisdictions = 2

[design]
kind = "grid"
steps = 7

[[factor]]
path = "accountability.severity"

[[factor]]
path = "exemption.probability"
""",
    encoding="utf-8",
)

# The plan first: how many runs, and about how long, from a pilot of at most three seconds.
plan = estimate(file, folder / "levers")
print(f"{plan.runs} runs, about {plan.seconds:.0f} s")

# Then the runs. Whatever interrupts this, the same call goes on from what is finished, and the table at the end is the
# same, byte for byte.
experiment = sweep(file, folder / "levers")
assert experiment.is_complete
print(status(folder / "levers").counts)

# A row for every run; any one can be done again from its row alone.
print(experiment.table()[["point", "replication", *experiment.specification.factor_paths, "innovation_rate"]].head())
assert rerun(folder / "levers", run=123).is_same

# What each point changes against the base scenario, paired run by run, with 95% intervals. No call here works on an
# experiment with gaps unless it is told to; the gaps are then written into the report.
print(effects(experiment, ["innovation_rate"]).head())

# Were ten replications enough? About how many more for a half-width of one percentage point?
print(needed_for(reference_values(experiment, ["innovation_rate"])[:, 0], half_width=0.01))

# The line where innovation and inaction are equally common: the grid is refined around it, and a bootstrap over the
# replications gives a band.
found = map_plane(experiment, rounds=1)
line = found.line[found.line["fixed"] == "accountability.severity"]
print(line[["value", "at", "low", "high"]].to_string(index=False))
assert len(line) > 0

# All of it in one page to read and to hand on, in English or Chinese; the map is in it.
written = report(folder / "levers", language="en")
print("report:", written.page)

# On the command line the same is
#   python run.py sweep tutorial/levers.toml --out tutorial/levers --dry-run
#   python run.py sweep tutorial/levers.toml --out tutorial/levers
#   python run.py status tutorial/levers
#   python run.py rerun tutorial/levers --run 123
#   python run.py map tutorial/levers --rounds 1
#   python run.py report tutorial/levers
#   python run.py bundle tutorial/levers
