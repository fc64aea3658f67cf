"""Write a policy: a scenario file of your own, checked, and compared with the baseline."""

from pathlib import Path

from analysis.experiments import paired_effects, runs_of
from model.scenario import ScenarioError, find_scenario, read_scenario, with_settings
from model.scenario.differences import differences
from model.simulate import simulate

folder = Path("tutorial")
folder.mkdir(exist_ok=True)

# A policy is a TOML file that says what differs from another scenario. From month 36 on, this one makes exemptions
# known, and lets honest failure off more often, over a year.
text = """
schema = 2
extends = "baseline"

[title]
en = "Openness after three years"
zh = "三年后公开"

[question]
en = "If exemptions become frequent and known after three years, do officials come back to trying?"
zh = "三年后免责变得常见而公开，干部会重新尝试吗？"

[[change]]
month = 36
phase_in_months = 12
exemption.probability = 0.8
exemption.disclosure = 0.9
"""
path = folder / "openness.toml"
path.write_text(text, encoding="utf-8")
policy = read_scenario(path)

# What it changes, from the file itself. The names of all parameters, their units, bounds and sources are in
# docs/parameters.md.
for difference in differences(policy, find_scenario("baseline")):
    print(f"{difference.path}: {difference.baseline_value} -> {difference.value}")

# A mistake is one clear message: what, where, what is allowed, what to do.
path.with_name("mistaken.toml").write_text(text.replace("0.8", "1.8"), encoding="utf-8")
try:
    read_scenario(path.with_name("mistaken.toml"))
except ScenarioError as error:
    print("refused:", error)
else:
    raise AssertionError("a probability of 1.8 is no probability")

# Both policies get the same officials and the same luck, run by run, so the difference within each run is the effect.
sizes = {"size.jurisdictions": 4}
scenarios = [with_settings(scenario, sizes, officials=200) for scenario in (find_scenario("baseline"), policy)]
results = [simulate(scenario, replications=30, seed=1) for scenario in scenarios]
effects = paired_effects(runs_of(results), reference="baseline").set_index("measure")
row = effects.loc["innovation_rate"]
print(f"innovation rate: {row.baseline_mean:.1%} -> {row['mean']:.1%}, difference 95% interval")
print(f"  {row.difference:+.1%} [{row.low:+.1%}, {row.high:+.1%}] over {row.n} runs")
assert row.low > 0.0

# On the command line the same is
#   python run.py check tutorial/openness.toml
#   python run.py describe tutorial/openness.toml
#   python run.py compare baseline tutorial/openness.toml
