"""What systems, editors and file managers leave in folders on their own: never a reason to stop, never a part of us."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

_NAMES = frozenset(
    name.lower()
    for name in (
        # macOS and its network drives
        *(".DS_Store", ".localized", ".AppleDouble", ".Spotlight-V100", ".fseventsd", ".Trashes", ".TemporaryItems"),
        "Icon\r",
        # Windows
        *("Thumbs.db", "ehthumbs.db", "ehthumbs_vista.db", "desktop.ini", "$RECYCLE.BIN", "System Volume Information"),
        # desktops, drives and clouds
        *(".directory", "lost+found", "@eaDir", ".dropbox", ".dropbox.attrs", ".stfolder", ".stversions"),
        # editors and notebooks
        *(".ipynb_checkpoints", "__pycache__", ".idea", ".vscode", ".spyproject", ".Rproj.user", ".Rhistory", "4913"),
    )
)
_PATTERNS = re.compile(
    r"\._.*|\.nfs[0-9a-f]+|\.fuse_hidden.*|\.Trash-\d+|\.~lock\..*#|~\$.*|\.#.*|#.*#|.*~|\..*\.sw[a-p]|\.sync_.*|"
    r".*:Zone\.Identifier",
    re.IGNORECASE | re.DOTALL,
)


def is_litter(name: str) -> bool:
    """Tell whether a file or folder of this name was left by the system or an editor, and by nobody on purpose."""
    return name.lower() in _NAMES or _PATTERNS.fullmatch(name) is not None


def files_of(folder: Path, pattern: str) -> Iterator[Path]:
    """Yield the files below a folder that match a pattern, in the order of their paths, without litter."""
    for path in sorted(folder.rglob(pattern)):
        if not any(is_litter(part) for part in path.relative_to(folder).parts):
            yield path
