"""The hash of the model's code counts what decides numbers, and nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest

from model.code_hash import code_hash, hash_of_source, model_hash

SOURCE = '''"""A module."""

from model.parameters import Work


class Case:
    """A case."""

    cost: float = 0.5


def loss(case: Case, work: Work) -> float:
    """Return the loss."""
    return case.cost * 2  # twice
'''


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"""A module."""\n', ""),
        ('    """A case."""\n', ""),
        ('"""Return the loss."""', '"""Return what a case costs.\n\n    In full.\n    """'),
        ("  # twice", "  # since it counts for two"),
        ("return case.cost * 2", "return (\n        case.cost\n        * 2\n    )"),
        ("\n", "\r\n"),
    ],
)
def test_that_words_do_not_change_the_hash(old: str, new: str) -> None:
    assert hash_of_source(SOURCE.replace(old, new)) == hash_of_source(SOURCE)


@pytest.mark.parametrize(
    ("old", "new"),
    [("* 2", "* 2.0"), ("* 2", "+ 2"), ("case.cost *", "case.costs *"), ("parameters import", "rules import")],
)
def test_that_code_changes_the_hash(old: str, new: str) -> None:
    assert hash_of_source(SOURCE.replace(old, new)) != hash_of_source(SOURCE)


def test_that_the_names_of_files_do_not_change_the_hash(tmp_path: Path) -> None:
    texts = {"a.py": SOURCE, "b.py": "N_RUNGS = 4\n"}
    for folder, names in (("one", ("a.py", "b.py")), ("other", ("b.py", "a.py"))):
        (tmp_path / folder).mkdir()
        for name, text in zip(names, texts.values(), strict=True):
            (tmp_path / folder / name).write_text(text, encoding="utf-8")
    one, other = (code_hash((tmp_path / folder).glob("*.py")) for folder in ("one", "other"))
    assert one == other
    (tmp_path / "one" / "c.py").write_text("N = 1\n", encoding="utf-8")
    assert code_hash((tmp_path / "one").glob("*.py")) != other


def test_that_the_models_hash_is_that_of_its_files() -> None:
    assert model_hash() == code_hash((Path(__file__).parents[2] / "model").rglob("*.py"))
