"""Build the pages: kernel, exported data and font first, then HTML files with everything in them.

Beside the trainers' page these are the two of a room: the phones', and the desk's, which is the wall's as well.

Whoever only uses the page needs none of this: the built file is in the repository. The same sources give the same
file, so a test can tell whether the one in the repository is up to date.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path

from app.builder.export import export
from app.builder.kernel_wasm import HOW_TO_INSTALL, build_kernels, check_kernels, is_current
from app.builder.page_font import cut_page_font

APP = Path(__file__).parents[1]
PACKAGES = APP / "package.json"
PAGE = APP / "officials.html"
PHONE_PAGE = APP / "phone.html"
DESK_PAGE = APP / "desk.html"
# The mode that app/vite.config.ts builds each in, and where Vite puts it.
_MODES = {
    PAGE: ("production", "index.html"),
    PHONE_PAGE: ("phone", "src/phone/index.html"),
    DESK_PAGE: ("desk", "src/room/index.html"),
}
_NEEDED_NODE = "Node 20.19 or newer"


class BuildError(Exception):
    """The page cannot be built; the text tells the user why, and what to do."""


def build_page(page: Path = PAGE, tell: Callable[[str], None] = print) -> Path:
    """Rebuild app/generated/ and the pages; return the trainers' page. What was there stays until the new is complete.

    Raises
    ------
    BuildError
        If a tool of the build is missing or fails.
    """
    _install_packages(tell)
    tell("kernel and data")
    _rebuild_generated()
    tell("pages")
    for file, built in [(page, page_bytes()), *((of_room, page_bytes(of_room)) for of_room in (PHONE_PAGE, DESK_PAGE))]:
        beside = file.with_name(f".{file.name}.{os.getpid()}")
        beside.write_bytes(built)
        beside.replace(file)
        tell(f"{file}: {len(built) / 1000:.0f} kB")
    return page


def page_bytes(page: Path = PAGE) -> bytes:
    """Return a page, built anew from the sources and from app/generated/ as it is.

    Raises
    ------
    BuildError
        If Node or the packages of app/ are missing, if the kernel is of another layout, or if the build fails.
    """
    if missing := _missing_packages():
        raise BuildError(f"packages of app/ are missing ({', '.join(missing)}): run `npm ci` in app/")
    try:
        check_kernels()
    except RuntimeError as error:
        raise BuildError(str(error)) from error
    with tempfile.TemporaryDirectory() as folder:
        mode, built = _MODES[page]
        _run("node", "node_modules/vite/bin/vite.js", "build", "--mode", mode, "--outDir", folder, "--logLevel", "warn")
        return (Path(folder) / built).read_bytes()


def _rebuild_generated() -> None:
    """Rebuild what the page takes from Python; the kernels, which take minutes, only if the model's code is another."""
    try:
        if not is_current():
            build_kernels()
        export()
        cut_page_font()
    except ImportError as error:
        raise BuildError(f"the package {error.name} is missing: {HOW_TO_INSTALL}") from error
    except (OSError, RuntimeError, ValueError) as error:
        raise BuildError(str(error)) from error


def _install_packages(tell: Callable[[str], None]) -> None:
    if _missing_packages():
        tell("packages (first build only, and when another is needed)")
        _run("npm", "ci")


def _missing_packages() -> list[str]:
    """Return the packages that the pages are built from and that are not installed, by their names."""
    asked = json.loads(PACKAGES.read_text(encoding="utf-8"))
    names = [*asked["dependencies"], *asked["devDependencies"]]
    return [name for name in names if not (APP / "node_modules" / name).is_dir()]


def _run(program: str, *arguments: str) -> None:
    """Run a program in app/."""
    command = shutil.which(program)
    if command is None:
        raise BuildError(f"{program} is missing: install {_NEEDED_NODE}")
    done = subprocess.run(
        [command, *arguments], cwd=APP, capture_output=True, encoding="utf-8", errors="replace", check=False
    )
    if done.returncode != 0:
        said = (done.stderr or done.stdout).strip()
        raise BuildError(f"`{program} {' '.join(arguments[:2])}` failed:\n{said[-2000:]}")
