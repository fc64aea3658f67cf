"""Names of files where the code page of the system does not have their letters."""

from __future__ import annotations

import os

import pytest

from analysis.store.file_names import as_file_name, shortened


def test_that_letters_which_the_code_page_does_not_have_stand_as_their_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "fsencode", lambda name: name.encode("ascii", "surrogateescape"))
    monkeypatch.setattr(os, "fsdecode", lambda name: name.decode("ascii", "surrogateescape"))
    assert as_file_name("plain") == "plain"
    assert os.fsencode(as_file_name("试验")) == "试验".encode()
    assert os.fsencode(shortened("试验", most=4)) == "试".encode()


def test_that_a_name_that_fits_is_as_it_was() -> None:
    assert as_file_name("试验") == "试验"
    assert shortened("试验") == "试验"
