"""That both languages have all words of the model, and no others."""

from __future__ import annotations

import re
import string

import pytest

from model.catalogue import LANGUAGES, Language, labels
from model.draws import CaseLuck, MonthLuck
from model.measures import MEASURES, about_measure, headline_measures
from model.parameters import Parameters, about, parameter_paths
from model.rules.utility import TERMS, Circumstances, Outlook
from model.state import OfficialState
from model.vocabulary import ACTIONS, Outcome

# Settings of a scenario that are no parameters.
OTHER_SETTINGS = ("behaviour.actions", "size.officials", "size.jurisdictions", "size.months")
# What the model has names for; the words of charts and commands stand with them.
SECTIONS = {
    "tables",
    "parameters",
    "measures",
    "actions",
    "outcomes",
    "terms",
    "outlook",
    "circumstances",
    "luck",
    "official",
    "units",
    "mechanisms",
    "choices",
    "meanings",
}
# Written the same in Chinese.
SAME_IN_CHINESE = {"units.logit"}


def keys_of(section: str) -> set[str]:
    return {path.removeprefix(f"{section}.") for path in labels("en").texts if path.startswith(f"{section}.")}


def placeholders(text: str) -> list[str]:
    return sorted(name for _, name, _, _ in string.Formatter().parse(text) if name is not None)


def test_that_the_catalogue_names_what_the_model_has_and_nothing_else() -> None:
    assert {path.partition(".")[0] for path in labels("en").texts} == SECTIONS


def test_that_both_languages_have_the_same_keys() -> None:
    assert set(labels("en").texts) == set(labels("zh").texts)


@pytest.mark.parametrize("language", LANGUAGES)
def test_that_no_text_is_empty_or_framed_by_spaces(language: Language) -> None:
    for path, text in labels(language).texts.items():
        assert text, path
        assert text == text.strip(), path


def test_that_both_languages_have_the_same_placeholders() -> None:
    for path, text in labels("en").texts.items():
        assert placeholders(text) == placeholders(labels("zh").text(path)), path


def test_that_chinese_texts_are_chinese_and_english_ones_are_not() -> None:
    han = re.compile("[\u4e00-\u9fff]")
    for path, text in labels("zh").texts.items():
        # What is made of signs and placeholders only reads the same in both.
        has_words = re.search("[A-Za-z]", re.sub(r"{\w*}", "", text))
        assert han.search(text) or not has_words or path in SAME_IN_CHINESE, path
        assert not han.search(labels("en").text(path)), path


def test_that_every_parameter_and_setting_has_a_label_and_a_meaning_and_nothing_else_has() -> None:
    paths = (*parameter_paths(), *OTHER_SETTINGS)
    assert keys_of("parameters") == {f"{path}.{part}" for path in paths for part in ("label", "meaning")}


def test_that_every_measure_has_a_label_and_a_meaning_and_a_headline_one_a_short_label() -> None:
    wanted = {f"{measure}.{part}" for measure in MEASURES for part in ("label", "meaning")}
    assert keys_of("measures") == wanted | {f"{measure}.short" for measure in headline_measures()}


def test_that_every_action_has_a_label_and_a_meaning() -> None:
    assert keys_of("actions") == {f"{action}.{part}" for action in ACTIONS for part in ("label", "meaning")}


@pytest.mark.parametrize(
    ("section", "names"),
    [
        ("tables", {*Parameters._fields, "size"}),
        ("outcomes", {outcome.name.lower() for outcome in Outcome}),
        ("terms", set(TERMS)),
        ("outlook", set(Outlook._fields)),
        ("circumstances", set(Circumstances._fields)),
        ("luck", {*MonthLuck._fields, *CaseLuck._fields}),
        ("official", set(OfficialState._fields)),
        ("choices", {f"{path}.{word}" for path in parameter_paths() for word in about(path).words}),
        ("meanings", {f"{path}.{word}" for path in parameter_paths() for word in about(path).words}),
        (
            "units",
            {about(path).unit for path in parameter_paths()} | {about_measure(name).unit for name in MEASURES},
        ),
    ],
)
def test_that_a_section_names_exactly_what_the_model_has(section: str, names: set[str]) -> None:
    assert keys_of(section) == names


def test_that_a_key_that_is_not_there_is_refused_with_the_nearest_one() -> None:
    with pytest.raises(KeyError, match=r"no text at 'units\.shard'; did you mean 'units\.share'\?"):
        labels("en").text("units.shard")


def test_that_a_language_that_is_not_there_is_refused() -> None:
    with pytest.raises(ValueError, match="allowed is en, zh"):
        labels("fr")  # type: ignore[arg-type]
