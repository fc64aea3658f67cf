"""How a wheel is made: all packages inside one, whose name nobody else has, with the files that they read.

What is declared stands in pyproject.toml. An editable installation (``pip install -e .``) leaves all where it is.
"""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

from setuptools import Distribution, setup
from setuptools.command.build_py import build_py

ROOT = Path(__file__).parent
sys.path.insert(0, str(ROOT))

from officials_under_accountability import NAME, PACKAGES, renamed  # noqa: E402 - found in the line above

FOLDERS = ("scenarios", "data")
FILES = ("app/officials.html", "LICENSE", "CITATION.cff")


class OnePackage(Distribution):
    """Says that a wheel has one name at its top."""

    def iter_distribution_names(self) -> Iterator[str]:
        """Yield the names that are taken in the place where packages are installed."""
        yield NAME


class BuildPackage(build_py):
    """Puts all that is built into the one package."""

    def run(self) -> None:
        """Build."""
        if self.editable_mode:
            super().run()
            return
        built = Path(self.build_lib)
        shutil.rmtree(built, ignore_errors=True)  # what an earlier build has left would get into the wheel
        super().run()
        package = built / NAME
        package.mkdir()
        for name in PACKAGES:
            source = built / name if (built / name).is_dir() else built / f"{name}.py"
            source.rename(package / source.name)
        (built / f"{NAME}.py").rename(package / "__init__.py")
        for path in package.rglob("*.py"):
            text = renamed(path.read_text(encoding="utf-8"), str(path)).replace("python run.py", "officials")
            path.write_text(text, encoding="utf-8", newline="\n")
        for path in package.rglob("words/*.toml"):
            text = path.read_text(encoding="utf-8").replace("python run.py", "officials")
            path.write_text(text, encoding="utf-8", newline="\n")
        (package / "__main__.py").write_text(f"from {NAME}.run import main\n\nmain()\n", encoding="utf-8")
        for folder in FOLDERS:
            shutil.copytree(ROOT / folder, package / folder, ignore=shutil.ignore_patterns(".*", "__pycache__"))
        for file in FILES:
            shutil.copyfile(ROOT / file, package / file)


setup(cmdclass={"build_py": BuildPackage}, distclass=OnePackage)
