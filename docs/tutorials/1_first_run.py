"""First run: simulate a scenario, look at its tables, ask an official for the reasons."""

from analysis.experiments import Who, deed_of, flips_of, scene_of
from model.scenario import find_scenario, with_settings
from model.simulate import simulate
from model.vocabulary import Action

# A scenario is everything that decides a run but the seed. `python run.py list` names the shipped ones. A smaller size
# makes this quick; drop it for the full 1,000 officials.
baseline = with_settings(find_scenario("baseline"), {"size.jurisdictions": 4}, officials=200)
print(baseline.title.en, "-", baseline.question.en)

# Twenty runs: twenty times the same scenario with other officials and other luck. The same seed gives the same numbers.
# The very first time the model is compiled, which takes about half a minute.
result = simulate(baseline, replications=20, seed=1)

# Tables are pandas data frames. `months` has a row for every run and month, `runs` one for every run, with means over
# the last five years.
print(result.months[["run", "month", "innovation_rate", "lazy_prevalence"]].head())
innovation = result.runs["innovation_rate"]
print(f"innovation rate: {innovation.mean():.1%}, from {innovation.min():.1%} to {innovation.max():.1%} over the runs")

# Luck differs between runs and nothing else does, so this spread is what luck does.
assert 0.0 < innovation.min() < innovation.max() < 1.0

# Why did official 17 do what it did in month 40 of the first run, counted from 0 as in all tables? The state is the
# one in which it chose; every term of the utility of every action is there.
scene = scene_of(baseline, Who(official=17, month=40, seed=1, run=0))
deed = deed_of(scene)
print(f"official 17 did: {Action(deed.action).name.lower()}")
for flip in flips_of(scene, deed.action):
    print("  another action with the same luck, had this lever been other:", flip)

# On the command line the same is
#   python run.py simulate baseline --officials 200 --replications 20
#   python run.py explain baseline --official 18 --month 41 --officials 200
# where people count from 1.
