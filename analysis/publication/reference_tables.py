"""The reference tables of the documentation, made from the declarations that the code itself reads.

``python -m analysis.publication.reference_tables`` writes docs/parameters.md, docs/measures.md and docs/glossary.md
anew. They are never edited by hand; a test compares them with what would be written.
"""

from __future__ import annotations

import ast
import inspect
import math
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from analysis.publication.glossary import glossary_document
from model import measures, parameters
from model.catalogue import labels
from model.measures import about_measure
from model.parameters import FIXED_AT_START, Parameters, Range, about, parameter_paths, value_at

_ROOT = Path(__file__).parents[2]
_SOURCES = _ROOT / "model" / "sources.toml"
_INSPECTION, _FOUR_FORMS = about("accountability.severity").source, "ccdi_2023"
_NO_SOURCES = ("assumption", "judgement")
# Head and source of each ladder, the measures that count its rungs from the lowest, their base shares.
_LADDERS = (
    (
        "rung of the accountability ladder, for failures",
        f"[{_INSPECTION}](#{_INSPECTION}), the share of removals an assumption",
        ("circulars", "admonitions", "disciplines", "organisational_removals"),
        parameters.ACCOUNTABILITY_SHARES,
    ),
    (
        "rung of the misconduct ladder, for private gain",
        f"[{_FOUR_FORMS}](#{_FOUR_FORMS})",
        ("misconduct_first_form", "misconduct_second_form", "misconduct_third_form", "misconduct_fourth_form"),
        parameters.MISCONDUCT_SHARES,
    ),
)
_MADE_BY = "Made by `python -m analysis.publication.reference_tables`; do not edit."

_PARAMETERS_INTRODUCTION = f"""# Parameters

{_MADE_BY} Every line is declared once, in
[model/parameters.py](../model/parameters.py); the labels come from [model/catalogue](../model/catalogue/en.toml). What
each does stands in [model.md](model.md).

- **Bounds**: outside them a scenario is refused. **Plausible**: where sampling and sliders look; without it a parameter
  is not sampled.
- **Source**: a key of [model/sources.toml](../model/sources.toml), listed at the end; "assumption" where no source was
  found; "judgement" for the weights of public value, which are to be debated.
- All parameters are policy **levers** in that a scenario may set them, for all or for one jurisdiction, from the start
  or from a month on; but those of `population` are the same everywhere and always,
  {{fixed}} acts before the first month only, the open actions do not change over
  time, and a listed jurisdiction has `work.complexity` in place of `work.complexity_spread`.
"""

_MEASURES_INTRODUCTION = f"""# Measures

{_MADE_BY} Declared once, in
[model/measures.py](../model/measures.py); the labels come from [model/catalogue](../model/catalogue/en.toml).
Conventions stand in [model.md](model.md), section 8.

Each is measured every month, in each jurisdiction and over all of them. A ratio whose denominator is empty is missing,
not 0. Nobody's inaction is known before the first month, so lazy government climbs from 0 in the first year, and its
persistence is missing until the second. The headline measures, in **bold**, are those of the main table, there as means
over the last five years.
"""

_WHERE = """
In these formulas `counts` are the month's whole numbers ([model/vocabulary.py](../model/vocabulary.py), `Counts`), of a
jurisdiction or of all. Beliefs are summed up in fixed point, in units of 1 / `FIXED_POINT_UNITS`.

```python
{definitions}
```

What is no count comes from the jurisdictions: `public_tolerance`, `nerve` and `innovation_dispersion` from their state
([model/month.py](../model/month.py), [model/engines/ensemble.py](../model/engines/ensemble.py)), and public value from

```python
{public_value}
```
"""


def documents() -> dict[Path, str]:
    """Return the text of every generated document by the path of its file."""
    return {
        _ROOT / "docs" / "parameters.md": parameters_document(),
        _ROOT / "docs" / "measures.md": measures_document(),
        _ROOT / "docs" / "glossary.md": glossary_document(),
    }


def parameters_document() -> str:
    """Return the table of all parameters, a section a theme, and the sources they name."""
    fixed = ", ".join(f"`{path}`" for path in sorted(FIXED_AT_START))
    sections = [_parameters_section(table) for table in Parameters._fields]
    introduction = _PARAMETERS_INTRODUCTION.format(fixed=fixed)
    return "\n".join([introduction, *sections, _constants_section(), _sources_section()])


def measures_document() -> str:
    """Return the table of all measures, with the formulas that stand in the code."""
    heads = ("measure", "what it is", "unit", "formula")
    rows = [_measure_row(name, formula) for name, formula in measure_formulas().items()]
    where = _WHERE.format(
        definitions=_steps("measures_of", ast.Assign), public_value=_steps("public_value_of", ast.stmt)
    )
    return "\n".join([_MEASURES_INTRODUCTION, *_table(heads, rows), where]).rstrip() + "\n"


def measure_formulas() -> dict[str, str]:
    """Return the expression of every measure as it stands in ``measures_of``."""
    returned = _function("measures_of").body[-1]
    assert isinstance(returned, ast.Return)
    assert isinstance(returned.value, ast.Call)
    return {str(field.arg): ast.unparse(_without_conversion(field.value)) for field in returned.value.keywords}


def _function(name: str) -> ast.FunctionDef:
    """Return a function of ``measures.py`` as it is written there."""
    tree = ast.parse(inspect.getsource(measures))
    return next(node for node in tree.body if isinstance(node, ast.FunctionDef) and node.name == name)


def _steps(name: str, kind: type[ast.stmt]) -> str:
    """Return the statements of one kind in a function of ``measures.py``, without its docstring."""
    steps = [node for node in _function(name).body if isinstance(node, kind) and not isinstance(node, ast.Expr)]
    return "\n".join(ast.unparse(node) for node in steps)


def _without_conversion(expression: ast.expr) -> ast.expr:
    """Return what float(...) is called with: that a count is stored as a float is of no interest to a reader."""
    is_conversion = isinstance(expression, ast.Call) and ast.unparse(expression.func) == "float"
    return expression.args[0] if is_conversion and isinstance(expression, ast.Call) else expression


def _measure_row(name: str, formula: str) -> list[str]:
    known = about_measure(name)
    shown = f"**`{name}`**" if known.is_headline else f"`{name}`"
    return [shown, _words(f"measures.{name}"), known.unit, f"`{formula}`"]


def _words(path: str) -> str:
    """Return the labels in both languages and the meaning of what stands at a path of the catalogue."""
    return f"{_label(path)}: {labels('en').text(f'{path}.meaning')}"


def _label(path: str) -> str:
    """Return the label in both languages of what stands at a path of the catalogue."""
    return f"{labels('en').text(f'{path}.label')} ({labels('zh').text(f'{path}.label')})"


def _parameters_section(table: str) -> str:
    heads = ("parameter", "what it is", "default", "unit", "bounds", "plausible", "source")
    title = f"## {labels('en').text(f'tables.{table}')} ({labels('zh').text(f'tables.{table}')}): `{table}`"
    meaning = inspect.getdoc(type(getattr(Parameters(), table))) or ""
    rows = [_parameter_row(path) for path in parameter_paths() if path.startswith(f"{table}.")]
    return "\n".join([title, "", _unified(meaning), "", *_table(heads, rows), ""])


def _parameter_row(path: str) -> list[str]:
    known = about(path)
    default = value_at(Parameters(), path)
    plausible = _range(known.plausible) if known.plausible else ""
    source = known.source if known.source in _NO_SOURCES else f"[{known.source}](#{known.source})"
    name = path.partition(".")[2]
    words = _words(f"parameters.{path}")
    return [f"`{name}`", words, _number(default), known.unit, _range(known.bounds), plausible, source]


def _number(value: float) -> str:
    return "none" if math.isnan(value) else f"{value:.12g}"


def _range(limits: Range) -> str:
    return f"{_number(limits[0])} to {_number(limits[1])}"


def _constants_section() -> str:
    """Return the tables of what is fixed: the two ladders, and a few numbers that no scenario sets."""
    note = "No scenario sets these. The ladders are explained in [model.md](model.md), section 6."
    others = [
        (
            "clarity at which `exemption.probability` is what happens to a case, standard deviations",
            "REFERENCE_CLARITY",
        ),
        ("least clarity by which the burden of proof is told, standard deviations", "LEAST_CLARITY"),
        ("how far back an official's inaction is kept, months", "HISTORY_MONTHS"),
        ("of these the newest, which make the habit and by which officials are lazy, months", "HABIT_MONTHS"),
        ("lazy: inactive in more of those than, months", "LAZY_MONTHS"),
        ("most complexity a jurisdiction can have", "MOST_COMPLEXITY"),
    ]
    rows = [[name, _number(getattr(parameters, constant))] for name, constant in others]
    youngest, below = parameters.NEWCOMER_AGES
    rows += [["youngest newcomer, years", _number(youngest)], ["newcomers are younger than, years", _number(below)]]
    lines = ["## Fixed numbers", "", note, ""]
    for head, key, measures_of_rungs, shares in _LADDERS:
        heads = (head, "base share", "loss, utility", "freeze, months")
        lines += [*_table(heads, _rungs(measures_of_rungs, shares)), "", f"Source of the shares: {key}.", ""]
    return "\n".join([*lines, *_table(("number", "value"), rows), ""])


def _rungs(names: Sequence[str], shares: Sequence[float]) -> list[list[str]]:
    """Return a row for every rung of a ladder, named after the measure that counts it."""
    columns = (shares, parameters.LADDER_LOSSES, parameters.LADDER_FREEZES_MONTHS)
    rows = [
        [_label(f"measures.{names[rung]}"), *(_number(values[rung]) for values in columns)]
        for rung in range(parameters.N_RUNGS)
    ]
    rows[parameters.REMOVAL_RUNG][-1] = "leaves the post"
    return rows


def _sources_section() -> str:
    """Return the list of the sources that parameters name."""
    sources = tomllib.loads(_SOURCES.read_text(encoding="utf-8"))
    named = {*(about(path).source for path in parameter_paths()), _FOUR_FORMS} - set(_NO_SOURCES)
    note = "In brackets what a note rests on: own text, secondary text (check before citing), remembered (check first)."
    entries = [_source_entry(key, sources[key]) for key in sources if key in named]
    return "\n".join(["## Sources", "", note, "", *entries]) + "\n"


def _source_entry(key: str, source: Mapping[str, object]) -> str:
    told = [str(source[name]) for name in ("author", "year", "title", "published") if name in source]
    told += [f"doi {source['doi']}"] if "doi" in source else []
    return f'- <a id="{key}"></a>`{key}`: {", ".join(told)}. {source["note"]} ({source["kind"]}; {source["checked"]})'


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    """Return the lines of a Markdown table."""
    lines = [heads, ["---"] * len(heads), *rows]
    return [f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in line)} |" for line in lines]


def _unified(text: str) -> str:
    """Return a docstring as paragraphs of one line each, its ``code`` as `code`."""
    paragraphs = text.replace("``", "`").split("\n\n")
    return "\n\n".join(" ".join(paragraph.split()) for paragraph in paragraphs)


def main() -> None:
    """Write every generated document."""
    for path, text in documents().items():
        path.write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
