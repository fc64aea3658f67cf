"""Cases to scenario: from coded cases to what they tell, and to a scenario that carries what they leave open.

It needs the extra "evidence": pip install -c constraints.txt -e ".[evidence]"
"""

from pathlib import Path

import pandas as pd

from analysis.experiments import (
    CaseOptions,
    EvidenceError,
    Selection,
    agreement_of_cases,
    estimate_of_cases,
    export,
    find_experiment,
    read_case_file,
    sweep,
    write_evidence,
)
from model.scenario import read_scenario

folder = Path("tutorial")
folder.mkdir(exist_ok=True)

# Announced cases are coded in a table, a row for every case and coder; data/exemption/codebook.md tells the columns.
# These are invented, so that nothing is learned from them but the way.
FILE = Path(__file__).parents[2] / "data" / "examples" / "cases_invented.csv"
cases = read_case_file(FILE)
print(f"{len(cases.rows)} codings of {cases.n_cases} cases; invented: {cases.is_invented}")

# A mistake is one message: file, line, column, what is allowed. All of them are told at once.
mistaken = folder / "mistaken.csv"
mistaken.write_text(FILE.read_text(encoding="utf-8").replace(",exempt,", ",exempted,"), encoding="utf-8")
try:
    read_case_file(mistaken)
except EvidenceError as error:
    print("refused:", str(error).splitlines()[0])
else:
    raise AssertionError("exempted is no outcome that the codebook knows")

# Do two coders mean the same? A column on which they do not agree is left out of all that follows.
agreement = agreement_of_cases(cases, seed=1, by_nltk=True)
print(agreement[["column", "units", "alpha", "low", "high", "verdict"]].round(2).to_string(index=False))
assert agreement.set_index("column").loc["filed", "verdict"] == "unreliable"

# Published cases are chosen by somebody, so there is no estimate without a stance on how. Bounds assume nothing but
# the share of all cases that were published; "none" takes published cases for all cases, against all reason.
stances = {
    "nothing is known": Selection("bounds", (0.0, 1.0)),
    "every second case is published, at least": Selection("bounds", (0.5, 1.0)),
    "exemptions are published more seldom": Selection("model", disclosure=(0.1, 0.3), publicity=(0.5, 0.9)),
    "published cases are all cases": Selection("none"),
}
found = {name: estimate_of_cases(cases, CaseOptions(stance, "sanctioned")) for name, stance in stances.items()}
exempt = pd.DataFrame(
    {name: one.rates.set_index("quantity").loc["exempt", ["bound_low", "bound_high"]] for name, one in found.items()}
).T
print("\nshare of decided cases that is exempted, by stance:")
print(exempt.astype(float).round(2).to_string())
widths = exempt["bound_high"] - exempt["bound_low"]
assert widths["nothing is known"] == 1.0
assert widths.iloc[1] > widths["published cases are all cases"]

# What of the model's review do the cases tell? Contraction is how much of the prior's variance is gone: below 0.3 what
# one sees is the assumption, whatever the median.
modelled = found["exemptions are published more seldom"]
told = modelled.quantities.dropna(subset=["contraction"])
print(told[["quantity", "n", "estimate", "low", "high", "contraction", "verdict"]].round(2).to_string(index=False))

# So no single "calibrated" scenario is made of them but draws, each a way in which things may be; the scenario in the
# middle says where it comes from. The experiment sweeps over the draws.
written = write_evidence(modelled, folder / "cases-evidence", n_draws=60, made_with="docs/tutorials")
print(f"\n{written.folder}:", ", ".join(path.name for path in written.files))
middle = read_scenario(written.folder / "scenario.toml")
print(middle.title.en, "|", dict(middle.provenance)["selection"])

text = (written.folder / "experiment.toml").read_text(encoding="utf-8")
size = "\n[size]\nofficials = 100\njurisdictions = 2\n"  # small, so that this is quick
(written.folder / "small.toml").write_text(text + size, encoding="utf-8")
swept = sweep(find_experiment(str(written.folder / "small.toml")), folder / "draws_of_cases")

# How much of what comes out do the cases leave open, and how much is luck? In a notebook, `swept` alone on a line shows
# its table and charts.
table = swept.table()
by_draw = table.groupby("point")["innovation_rate"].mean()
luck = table.groupby("point")["innovation_rate"].std().mean()
print(f"innovation rate over {len(by_draw)} draws: {by_draw.min():.1%} to {by_draw.max():.1%}; by luck +-{luck:.1%}")
(folder / "draws_of_cases.html").write_text(swept._repr_html_(), encoding="utf-8")

# What is made from invented data says so wherever it goes.
written_table = export(swept.folder, folder / "draws_of_cases.csv")
assert set(pd.read_csv(written_table.files[0])["invented"]) == {"yes"}
assert middle.title.en.startswith("Invented data")

# On the command line the same is
#   python run.py cases check data/examples/cases_invented.csv
#   python run.py cases agreement data/examples/cases_invented.csv
#   python run.py cases estimate data/examples/cases_invented.csv --selection bounds --published 0.5:1
#   python run.py sweep results/cases_invented-evidence/experiment.toml
# and from a text of policy, coded:
#   python run.py texts scenario data/examples/texts_invented.csv --document county_a_zh --out tutorial/county.toml
