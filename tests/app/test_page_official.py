"""The official that the page shows is the one that its command prints: same person, same terms, same deed."""

from __future__ import annotations

import itertools
import json
import re
import shlex
import subprocess
from decimal import Decimal
from typing import Any

import pytest

from app.builder.page import PAGE
from model.parameters import DECISION_RULES
from tests.app.conftest import run
from tests.command_lines import command

MINUS = "−"
LINKS = {
    "the default": "s=baseline&month=37&official=18",
    "levers moved": "s=crackdown&ac.severity=0.4&ex.disclosure=0.6&month=61&official=143",
    "an action closed": "s=baseline&be.self_dealing_open=0&month=12&official=77",
    "changes over time": "s=campaign&month=40&official=5",
    "listed jurisdictions": "s=four_provinces&month=100&official=200",
    **{
        f"the rule {rule}": f"s=baseline&month=31&official=18&ac.severity=0.45&de.rule={rule}&de.weight=0.8"
        for rule in DECISION_RULES[1:]
    },
    "nobody may innovate yet": "s=baseline&month=31&official=18&de.rule=threshold",
}


def rows_printed(text: str) -> list[list[str]]:
    """Return the table of terms that `explain` prints: a name and a number for each action, "" where there is none."""
    lines = text.splitlines()
    first = next(place for place, one in enumerate(lines) if one.startswith("term "))
    # All columns but the first end where their heads end; heads are at least two spaces apart.
    ends = [match.end() for match in re.finditer(r"\S+(?: \S+)*", lines[first])][1:]
    name = lines[first].index("Inaction") - 1
    last = next(place for place, one in enumerate(lines) if one.startswith("probability "))
    spans = list(itertools.pairwise([name, *ends]))
    return [[row[:name].strip(), *(row[a:b].strip() for a, b in spans)] for row in lines[first + 1 : last + 1]]


def is_one_number(shown: str, printed: str) -> bool:
    """Tell whether the page's two digits and the command's three can be of one number."""
    if not printed:
        return shown == "0.00"
    least = Decimal("0.555") if printed.endswith("%") else Decimal("0.00555")
    return abs(Decimal(shown.replace(MINUS, "-").rstrip("%")) - Decimal(printed.rstrip("%"))) < least


def check_rule(link: str, shown: str, printed: str) -> None:
    """Check that what another rule did to the odds is told, on the page and by the command, in the same words."""
    _, _, did = shown.partition(". ")
    assert did in printed
    assert bool(shown) == ("de.rule=" in link)
    assert bool(did) == bool(re.search(r"de\.rule=(threshold|satisficing)", link))


@pytest.mark.page
@pytest.mark.slow
@pytest.mark.parametrize("link", LINKS.values(), ids=LINKS)
def test_that_the_pages_command_prints_the_pages_official(link: str, node: str, chromium: str) -> None:
    shown: dict[str, Any] = json.loads(
        run([node, "tests/browser/official.mjs", chromium, str(PAGE), f"v=2&n=4&w=people&{link}"])
    )
    python, program, *arguments = shlex.split(shown["command"])
    assert (python, program) == ("python", "run.py")
    printed = subprocess.run(command(*arguments), capture_output=True, text=True, encoding="utf-8", check=True).stdout
    month = re.search(r"month=(\d+)", link)
    assert month is not None
    official, *_ = re.findall(r"\d+", shown["who"])
    assert printed.startswith(f"Official {official} in month {month[1]} of run 0 (seed 4)")
    did = re.search(r"^Did: (.*?)\.", printed, re.MULTILINE)
    assert did is not None
    assert shown["deed"].startswith(did[1])
    check_rule(link, shown["rule"], printed)
    rows = rows_printed(printed)
    chances, printed_chances = shown["rows"][-1][1:], rows[-1][1:]
    places = [place for place, chance in enumerate(chances) if chance != "closed"]
    assert [place for place, chance in enumerate(printed_chances) if chance != "not open"] == places
    assert (len(places) < len(chances)) == ("_open=0" in link)
    # The page leaves out terms that count in no open action, and has its own words for the last two rows.
    on_page = {name: numbers for name, *numbers in shown["rows"][:-2]}
    assert set(on_page) <= {name for name, *_ in rows}
    on_page |= {rows[-2][0]: shown["rows"][-2][1:], rows[-1][0]: chances}
    for name, *numbers in rows:
        on_screen = on_page.get(name, ["0.00"] * len(numbers))
        assert all(is_one_number(on_screen[place], numbers[place]) for place in places), (name, on_screen, numbers)
