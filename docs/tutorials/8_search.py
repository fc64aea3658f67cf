"""Search: which packages of policy hold up whatever is true of officials, and under what conditions things go wrong.

It needs the extra "evidence": pip install -c constraints.txt -e ".[evidence]"
"""

from pathlib import Path

from analysis.experiments import (
    DesignPlan,
    Factor,
    Specification,
    condition_of,
    discover,
    find_search,
    front_table,
    paired_effects,
    runs_of,
    scenarios_of,
    search,
    sentences_of,
    sweep,
    write_front,
)
from analysis.words import words_in
from model.scenario import Text, find_scenario, with_settings
from model.simulate import simulate

folder = Path("tutorial")
folder.mkdir(exist_ok=True)

# What policy decides are levers; what nobody knows of officials makes worlds. A package is good if it is good in many
# worlds. This is a small version of the shipped search robust_policies (docs/search.md).
file = folder / "packages.toml"
file.write_text(
    """
schema = 1
scenario = "baseline"
worlds = 6
seed = 1

[title]
en = "A small search"
zh = "小型搜索"

[size]
officials = 100
jurisdictions = 2
months = 96

[[lever]]
path = "accountability.certainty"

[[lever]]
path = "exemption.probability"

[[lever]]
path = "exemption.disclosure"

[[world]]
path = "work.complexity"

[[world]]
path = "behaviour.temperature"

[[objective]]
measure = "innovation_rate"
better = "more"
over = "mean"

[[objective]]
measure = "public_value"
better = "more"
over = "worst_decile"

[[objective]]
measure = "unpursued_failures"
better = "less"
over = "mean"

[algorithm]
population = 16
generations = 6

[check]
worlds = 24
replications = 1
failure_worlds = 256
""",
    encoding="utf-8",
)
plan = find_search(file)
print(f"{plan.runs[0]:,} runs to search, at most {plan.runs[1]:,} to check what is found")

# Every generation is a sweep in a folder of its own; whatever interrupts this, the same call goes on.
found = search(plan, folder / "packages")

# What a search finds is partly luck. So all numbers shown are from fresh worlds with fresh luck, and a package that is
# beaten there, beyond luck, by another is dropped.
front = front_table(found)
kept = front[front["is_kept"]]
print(f"{found.n_tried} packages tried, {found.n_front} of them checked in fresh worlds, {found.n_beaten} beaten there")
columns = ["package", *(lever.path for lever in plan.levers), "innovation_rate_mean", "public_value_worst_decile"]
print(front[front["is_shown"]][columns].round(3).to_string(index=False))
assert (kept["beaten_by"] == "").all()

# A lever at the end of its range says that the model holds no reason against it, which is no advice.
for bound in found.bounds:
    print(f"{bound.path} at {bound.bound:g} in {bound.n} of {bound.of} packages")

# The packages shown are scenarios, to be compared like any other.
write_front(found, folder / "packages")
package = scenarios_of(found)[0]
results = [
    simulate(with_settings(scenario, {"size.jurisdictions": 2}, officials=200, months=96), replications=20, seed=1)
    for scenario in (find_scenario("baseline"), package)
]
effect = paired_effects(runs_of(results), reference="baseline").set_index("measure").loc["innovation_rate"]
print(f"{package.name}: innovation {effect.difference:+.1%} [{effect.low:+.1%}, {effect.high:+.1%}] on the baseline")

# Under what conditions does it go wrong? Any sweep that fills its space can be asked, in words. One half of its points
# finds the condition, the other half measures it, and resamples tell which limits are firm.
space = Specification(
    name="space",
    title=Text("A space", "参数空间"),
    question=Text("When do officials hardly innovate?", "何时干部几乎不创新？"),
    base=with_settings(find_scenario("baseline"), {"size.jurisdictions": 2}, officials=100, months=96),
    factors=(
        Factor("work.innovation_effort", 0.2, 0.8),
        Factor("accountability.certainty", 0.0, 0.2),
        Factor("behaviour.conformity", 0.0, 1.0),
    ),
    design=DesignPlan("sobol", points=1024, seed=1),
    measures=("innovation_rate", "public_value"),
    replications=1,
)
swept = sweep(space, folder / "space")
discovery = discover(swept, condition_of("innovation_rate < 0.15"))
for language in ("en", "zh"):
    what = {"en": "Officials hardly innovate", "zh": "干部几乎不创新"}[language]
    print(*sentences_of(what, discovery, words_in(language)), sep="\n")
limits = {limit.path for limit in discovery.boxes[0].limits if limit.is_firm}
assert "work.innovation_effort" in limits

# On the command line the same is
#   python run.py search tutorial/packages.toml --out tutorial/packages
#   python run.py compare baseline tutorial/packages-front/scenarios/packages_1.toml
#   python run.py discover tutorial/space --when "innovation_rate < 0.15"
