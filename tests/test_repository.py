"""The repository keeps its own promises: two commands, links that lead somewhere, pins, sizes, no foreign addresses."""

from __future__ import annotations

import functools
import os
import re
import subprocess
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement

ROOT = Path(__file__).parent.parent
# To be taken apart; until then they may not grow.
TOO_LONG = {
    "tests/model/engines/test_mesa_engine.py": 480,
}
LONGEST_FILE = 400
PYTHONS = ("3.11", "3.12", "3.13")
NOT_OURS = {".git", ".venv", "node_modules", "results", "__pycache__", "build", "dist"}
TEXTS = {".md", ".py", ".toml", ".txt", ".yaml", ".yml", ".cff", ".cfg", ".csv", ".json", ".ts", ".html", ".css", ""}
INDEX = re.compile(
    r"https?://[^\s\"']*(?:pypi|pythonhosted|npmjs|npmmirror|yarnpkg|/simple\b)|--(?:extra-)?index-url|--find-links"
)
LINK = re.compile(r"(?<!\\)\]\(([^)\s]+)\)")
FENCE = re.compile(r"^```.*?^```", re.M | re.S)


@functools.cache
def files() -> tuple[Path, ...]:
    """Return the files of the repository: those git does not ignore, or without git all outside well-known folders."""
    command = ["git", "-C", str(ROOT), "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    try:
        listed = subprocess.run(command, capture_output=True, check=True).stdout.decode()
    except (OSError, subprocess.CalledProcessError):
        found = (path for path in ROOT.rglob("*") if not NOT_OURS & set(path.relative_to(ROOT).parts))
        return tuple(sorted(path for path in found if path.is_file()))
    return tuple(sorted(path for name in listed.split("\0") if name and (path := ROOT / name).is_file()))


def texts(*suffixes: str) -> list[Path]:
    """Return the text files of the repository with these suffixes."""
    return [path for path in files() if path.suffix in suffixes]


def shown(path: Path) -> str:
    """Return a path as a test is named after it."""
    return str(path.relative_to(ROOT))


def readme_commands() -> list[str]:
    """Return the blocks of README.md marked as shell commands."""
    return re.findall(r"^```sh\n(.*?)^```$", (ROOT / "README.md").read_text(encoding="utf-8"), re.M | re.S)


def anchors(path: Path) -> set[str]:
    """Return what a link may name in a Markdown file after the #: headings as GitHub writes them, and ids."""
    text = FENCE.sub("", path.read_text(encoding="utf-8"))
    headings = re.findall(r"^#+ (.+)$", text, re.M)
    slugs = (re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings)
    return {*slugs, *re.findall(r'id="([^"]+)"', text)}


def pins() -> list[Requirement]:
    """Return the lines of constraints.txt."""
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    return [Requirement(line) for line in lines if line and not line.startswith("#")]


def declared() -> list[Requirement]:
    """Return what pyproject.toml says the package needs, for use, tests and development."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    groups = [project["dependencies"], *project["optional-dependencies"].values()]
    found = [Requirement(line) for group in groups for line in group]
    return [requirement for requirement in found if requirement.name != project["name"]]


def canonical(name: str) -> str:
    """Return a package's name as it is compared."""
    return re.sub(r"[-_.]+", "-", name).lower()


def test_that_the_first_two_blocks_of_the_readme_are_one_command_each() -> None:
    main, tests = readme_commands()[:2]
    start = "python3 -m venv .venv && .venv/bin/pip install --quiet -c constraints.txt -e "
    assert main == f"{start}. && .venv/bin/python run.py\n"
    assert tests == f'{start}".[test]" && .venv/bin/python -m pytest\n'


def test_that_the_python_in_the_readme_runs(capsys: pytest.CaptureFixture[str]) -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    for block in re.findall(r"^```python\n(.*?)^```$", text, re.M | re.S):
        exec(compile(block, "README.md", "exec"), {})
    assert "<Official 17" in capsys.readouterr().out


def test_that_the_readme_can_be_read_in_a_few_minutes() -> None:
    assert len((ROOT / "README.md").read_text(encoding="utf-8").splitlines()) <= 150


@pytest.mark.parametrize("path", texts(".md"), ids=shown)
def test_that_every_relative_link_leads_somewhere(path: Path) -> None:
    for target in LINK.findall(FENCE.sub("", path.read_text(encoding="utf-8"))):
        if re.match(r"[a-z]+:", target):
            continue
        name, _, anchor = target.partition("#")
        there = (path.parent / name).resolve() if name else path
        assert there.exists(), f"{shown(path)} links to {target}"
        assert there.is_relative_to(ROOT), f"{shown(path)} links out of the repository: {target}"
        if anchor and there.suffix == ".md":
            assert anchor in anchors(there), f"{shown(path)} links to {target}"


def test_that_no_file_holds_the_address_of_a_package_index() -> None:
    for path in files():
        if path.suffix in TEXTS and path != Path(__file__):
            found = INDEX.search(path.read_text(encoding="utf-8", errors="replace"))
            assert found is None, f"{shown(path)}: {found.group() if found else ''}"


@pytest.mark.parametrize("path", texts(".py"), ids=shown)
def test_that_no_file_of_code_is_longer_than_400_lines(path: Path) -> None:
    longest = TOO_LONG.get(shown(path), LONGEST_FILE)
    assert len(path.read_text(encoding="utf-8").splitlines()) <= longest


@pytest.mark.parametrize("path", sorted((ROOT / "model" / "rules").glob("*.py")), ids=shown)
def test_that_the_description_of_the_model_links_to_every_file_of_rules(path: Path) -> None:
    if path.name != "__init__.py":
        assert f"(../model/rules/{path.name})" in (ROOT / "docs" / "model.md").read_text(encoding="utf-8")


def test_that_every_decision_is_listed_under_its_number() -> None:
    folder = ROOT / "docs" / "decisions"
    index = (folder / "README.md").read_text(encoding="utf-8")
    decisions = sorted(path for path in folder.glob("*.md") if path.name != "README.md")
    assert [path.name[:4] for path in decisions] == [f"{number:04}" for number in range(1, len(decisions) + 1)]
    for path in decisions:
        assert f"[{path.name[:4]}]({path.name})" in index
        assert path.read_text(encoding="utf-8").startswith(f"# {path.name[:4]} ")


@pytest.mark.parametrize("python", PYTHONS)
def test_that_every_package_is_pinned_once_for_every_python(python: str) -> None:
    environment = {"python_version": python, "python_full_version": f"{python}.0", "sys_platform": "linux"}
    pinned = [pin for pin in pins() if pin.marker is None or pin.marker.evaluate(environment)]
    names = [canonical(pin.name) for pin in pinned]
    assert len(names) == len(set(names))
    assert {canonical(requirement.name) for requirement in declared()} <= set(names)
    for pin in pinned:
        assert re.fullmatch(r"==[\w.]+", str(pin.specifier)), f"{pin} is no pin"


@pytest.mark.parametrize("python", PYTHONS)
def test_that_every_pin_is_one_that_the_package_allows(python: str) -> None:
    environment = {"python_version": python, "python_full_version": f"{python}.0", "sys_platform": "linux"}
    versions = {
        canonical(pin.name): next(iter(pin.specifier)).version
        for pin in pins()
        if pin.marker is None or pin.marker.evaluate(environment)
    }
    for requirement in declared():
        assert requirement.specifier.contains(versions[canonical(requirement.name)]), str(requirement)


def test_that_the_hooks_need_no_download() -> None:
    text = (ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8")
    assert re.findall(r"repo: (\S+)", text) == ["local"]
    assert set(re.findall(r"language: (\S+)", text)) == {"system"}


def test_that_the_version_is_the_same_wherever_it_stands() -> None:
    version = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    assert f"\nversion: {version}\n" in (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    headings = re.findall(r"^## (.+)$", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), re.M)
    assert headings[0] == "Unreleased"
    assert headings[1].startswith(version)


@pytest.mark.skipif(os.name == "nt", reason="file permissions are another thing there")
def test_that_the_check_of_everything_can_be_run() -> None:
    assert os.access(ROOT / ".ci" / "run", os.X_OK)


def test_that_no_output_is_kept_in_the_repository() -> None:
    kept = [shown(path) for path in files() if path.suffix in {".parquet", ".nbc", ".nbi", ".pyc"}]
    assert kept == []
