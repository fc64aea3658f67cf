"""What a WebAssembly module takes from outside and offers, read from its bytes."""

from __future__ import annotations

from collections.abc import Iterator

_MAGIC = b"\x00asm\x01\x00\x00\x00"
_IMPORT_SECTION, _EXPORT_SECTION = 2, 7


def check_wasm(module: bytes, allowed_exports: set[str]) -> None:
    """Check that a module imports nothing and exports exactly what it should; RuntimeError if not."""
    if module[: len(_MAGIC)] != _MAGIC:
        raise RuntimeError("this is no WebAssembly module")
    sections = dict(_sections(module))
    if _IMPORT_SECTION in sections:
        raise RuntimeError(f"the module imports something: {sections[_IMPORT_SECTION]!r}")
    exported = set(_exported_names(sections.get(_EXPORT_SECTION, b"\x00")))
    if exported != allowed_exports:
        raise RuntimeError(f"the module exports {sorted(exported)}; wanted are {sorted(allowed_exports)}")


def _sections(module: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield the number and the content of every section."""
    place = len(_MAGIC)
    while place < len(module):
        number = module[place]
        size, start = _number(module, place + 1)
        yield number, module[start : start + size]
        place = start + size


def _exported_names(section: bytes) -> Iterator[str]:
    n, place = _number(section, 0)
    for _ in range(n):
        length, start = _number(section, place)
        yield section[start : start + length].decode()
        _, place = _number(section, start + length + 1)


def _number(data: bytes, place: int) -> tuple[int, int]:
    """Return the number in LEB128 form at a place, and the place after it."""
    number, shift = 0, 0
    while True:
        byte = data[place]
        number |= (byte & 0x7F) << shift
        place, shift = place + 1, shift + 7
        if byte < 0x80:
            return number, place
