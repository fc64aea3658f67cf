"""The report of a session: one HTML file that holds the class against the model, and says what that cannot tell."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from analysis.report.charts.layout import Heading
from analysis.report.charts.saving import Provenance, save_chart
from analysis.report.elements import (
    Bullets,
    Callout,
    Code,
    Element,
    Paragraph,
    Picture,
    ReportDocument,
    Section,
    Table,
)
from analysis.report.page import html_of, image_source
from analysis.rooms.believed import answered, believed, coins_taken
from analysis.rooms.charts import Lines, RuleMark, session_chart
from analysis.rooms.choices import choices_of
from analysis.rooms.comparators import FAN_RUNS
from analysis.rooms.effect import ClassEffect, effects_of, stretches_of
from analysis.rooms.fit import LEAST_PEOPLE, SCIENTIFIC, ClassFit
from analysis.rooms.fitness import Fitness, fitness_of
from analysis.rooms.reported import MISSING, Reported, gain_told, percent
from analysis.rooms.rules_told import letter_of, rules_told, titles_of
from analysis.rooms.session import Session
from model.catalogue import Catalogue, Language, labels
from model.vocabulary import ACTIONS, Action

_WORDS = Path(__file__).parent / "words"
SHARE = "share"


def room_words(language: Language) -> Catalogue:
    """Return the words of rooms' reports."""
    return labels(language, _WORDS)


def report_html(session: Session, fit: ClassFit | None, said: Mapping[str, Any], language: Language, room: str) -> str:
    """Return the report; `said` holds the play's own texts in the language."""
    return html_of(report_document(session, fit, said, language, room))


def report_document(
    session: Session, fit: ClassFit | None, said: Mapping[str, Any], language: Language, room: str
) -> ReportDocument:
    """Return what the report says, without a word on how it looks."""
    words = room_words(language)
    n_people = people_in(session)
    return ReportDocument(
        language=language,
        kicker=words.text("rooms.kicker"),
        title=said["title"],
        question=said["question"],
        facts=(
            (words.text("rooms.fact_room"), room),
            (words.text("rooms.fact_people"), str(n_people)),
            (words.text("rooms.fact_rounds"), str(session.n_rounds)),
        ),
        contents=words.text("rooms.contents"),
        sections=tuple(_sections(session, fit, said, words, room, n_people)),
        foot=words.text("rooms.foot"),
    )


def _sections(
    session: Session, fit: ClassFit | None, said: Mapping[str, Any], words: Catalogue, room: str, n_people: int
) -> list[Section]:
    def section(name: str, *blocks: Element) -> Section:
        return Section(name, words.text(f"rooms.section_{name}"), blocks)

    found = [section("rules", *rules_told(session, said, words))]
    if n_people < LEAST_PEOPLE:
        found.append(section("line", Callout(words.text("rooms.few_people"), "warning")))
    else:
        found += _told(section, session, fit, said, words, room)
    found += [
        section("questions", *_questions(session, said, words)),
        section("limits", Bullets((*said["cannot_tell"], words.text("rooms.foot")))),
        section("again", Paragraph(words.text("rooms.again_note")), Code(python_lines(room))),
        section("manifest", Code(json.dumps(dict(session.facts), ensure_ascii=False, indent=1, sort_keys=True))),
    ]
    return found


def people_in(session: Session) -> int:
    """Return how many people decided, or how many hands were counted at most."""
    by_phone = sum(bool(person.choices) and not person.is_erased for person in session.people)
    return by_phone + max((len(hands) for hands in session.hands.values()), default=0)


def _told(
    section: Any, session: Session, fit: ClassFit | None, said: Mapping[str, Any], words: Catalogue, room: str
) -> list[Section]:
    """Return the sections that only a class of five or more gets; of hands, nobody knows which are whose."""
    found = []
    for world in range(len(session.designs)):
        line = section("line", *_line(session, world, fit, said, words, room))
        named = words.text("rooms.of_world").format(world=said["worlds"][world], text=line.title)
        found.append(line if len(session.designs) == 1 else replace(line, title=named))
    if sum(bool(person.choices) and not person.is_erased for person in session.people) < LEAST_PEOPLE:
        return [*found, section("shoes", Callout(words.text("rooms.only_hands"), "warning"))]
    found.append(section("effect", *_effects(session, said, words)))
    if answered := _believed(session, said, words):
        found.append(section("believed", Paragraph(words.text("rooms.believed_note")), *answered))
    fitness = fitness_of(session, choices_of(session), fit)
    found.append(section("shoes", *_shoes(fitness, said, words)))
    if fit is not None:
        found.append(section("parameters", *_parameters(fit, words)))
    return found


def _line(
    session: Session, world: int, fit: ClassFit | None, said: Mapping[str, Any], words: Catalogue, room: str
) -> list[Element]:
    told = Reported(session, world, fit)
    with tempfile.TemporaryDirectory() as folder:
        lines = lines_of(session, world, told, said, words)
        _, svg = chart_files(session, lines, words, room, Path(folder) / f"line_{world}")
        source = image_source(svg)
    sentence = words.text("rooms.line_sentence").format(inside=told.inside, rounds=told.rounds_told)
    picture = Picture(f"line_{world}", sentence, words.text("rooms.chart_reading"), source)
    head = ("table_round", "table_rule", "table_n", "class", "fan", "twins")
    rows = tuple(
        (
            str(place + 1),
            said["acts"][session.designs[world].act_of_round[place]],
            str(told.people[place]),
            percent(told.shares[place]),
            f"{percent(told.fan.median[place])} [{percent(told.fan.low90[place])}, {percent(told.fan.high90[place])}]",
            percent(told.twins[place]),
        )
        for place in range(session.n_rounds)
    )
    table = Table(
        said["worlds"][world] if len(session.designs) > 1 else "",
        tuple(words.text(f"rooms.{name}") for name in head),
        rows,
        2,
    )
    return [Paragraph(sentence), *gain_told(session, told, world, words), picture, table]


def lines_of(session: Session, world: int, told: Reported, said: Mapping[str, Any], words: Catalogue) -> Lines:
    """Return what the chart of a world draws."""
    guesses = [person.guesses[SHARE] for person in session.people if SHARE in person.guesses and not person.is_erased]
    complete = [guess for guess in guesses if len(guess) == session.designs[0].rounds]
    guess = np.median(np.array(complete), axis=0) if len(complete) >= LEAST_PEOPLE else None
    firsts = [stretch[0] for stretch in stretches_of(session) if stretch[0] <= session.n_rounds]
    acts, titles = session.designs[world].act_of_round, titles_of(said, words)
    letter = words.text("rooms.rule_letter")
    # In a group whose rule stays there is no change, though there is one in the other.
    here = [(first, acts[first - 1]) for first in firsts if first == 1 or acts[first - 1] != acts[first - 2]]
    rules = tuple(RuleMark(first, titles[act], letter.format(letter=letter_of(act))) for first, act in here)
    return Lines(told.shares, told.fan, told.twins, told.class_fan, guess, rules)


def chart_files(session: Session, lines: Lines, words: Catalogue, room: str, path: Path) -> tuple[Path, Path]:
    """Draw the chart of a world as PNG and SVG, and return their paths; `path` is that of both without its ending."""
    heading = Heading(
        words.text("rooms.chart_title"),
        words.text("rooms.chart_reading"),
        words.text("rooms.chart_note").format(room=room),
    )
    names = {name: words.text(f"rooms.{name}") for name in ("class", "fan", "twins", "class_fan", "guess")}
    figure = session_chart(lines, heading, names, words.text("rooms.table_round"))
    seed, model = int(str(session.facts["seed"])), str(session.facts["model_hash"])
    provenance = Provenance((), seed, len(FAN_RUNS), model, "room report")
    png, svg = save_chart(figure, path.parent, path.name, provenance)
    return png, svg


def _effect_name(session: Session, effect: ClassEffect, said: Mapping[str, Any], words: Catalogue) -> str:
    """Return a change as the rules' titles, with the world where there are two."""
    names = [said["worlds"][world] for world in effect.worlds]
    if len(names) > 1:
        return words.text("rooms.effect_between").format(one=names[0], other=names[1])
    stretches, acts = stretches_of(session), session.designs[effect.worlds[0]].act_of_round
    before, after = (said["acts"][acts[stretches[place][0] - 1]] for place in (effect.later - 1, effect.later))
    change = f"{before} → {after}"
    return change if len(session.designs) == 1 else words.text("rooms.of_world").format(world=names[0], text=change)


def _signed(number: float, form: str) -> str:
    """Return a number with a true minus sign, but none before what is rounded to nothing."""
    return format(number, form.replace(".", "z.", 1)).replace("-", "−")


def _effects(session: Session, said: Mapping[str, Any], words: Catalogue) -> list[Element]:
    effects = [effect for effect in effects_of(session) if effect.people >= LEAST_PEOPLE]
    if not effects:
        return [Paragraph(words.text("rooms.no_effect"))]
    head = ("effect_name", "table_n", "effect_class", "effect_interval", "effect_twins", "effect_p")
    rows = tuple(
        (
            _effect_name(session, effect, said, words),
            str(effect.people),
            _signed(100 * effect.difference, "+.0f"),
            f"[{_signed(100 * effect.low, '+.0f')}, {_signed(100 * effect.high, '+.0f')}]",
            _signed(100 * effect.twins, "+.0f"),
            MISSING if effect.p_value is None else f"{effect.p_value:.3f}",
        )
        for effect in effects
    )
    table = Table("", tuple(words.text(f"rooms.{name}") for name in head), rows)
    if len(session.designs) > 1:
        return [table]
    return [table, Callout(words.text("rooms.order_note"), "warning")]


def _believed(session: Session, said: Mapping[str, Any], words: Catalogue) -> list[Element]:
    """Return tables of what the class answered; none where nobody was asked, or fewer than five answered."""
    sums, coins = believed(session), list(coins_taken(session))
    tables: list[Element] = []
    for world in sorted({one.world for one in sums}):
        head = ("believed_question", "believed_when", "table_n", "believed_class", "believed_was_so")
        rows = tuple(
            (
                words.text(f"rooms.believed_{one.question}"),
                words.text(f"rooms.{one.when}_round").format(n=one.round),
                str(one.people),
                f"{one.mean:.1f}",
                MISSING if one.was_so is None else f"{one.was_so:.1f}",
            )
            for one in sums
            if one.world == world
        )
        name = said["worlds"][world] if len(session.designs) > 1 else ""
        tables.append(Table(name, tuple(words.text(f"rooms.{key}") for key in head), rows, 2))
    if coins:
        head_of_coins = ("coin", "table_n", "coin_taken")
        offers = tuple(
            (words.text("rooms.coin_offer").format(win=coin.win, lose=coin.lose), str(coin.people), percent(coin.share))
            for coin in coins
        )
        tables.append(Table("", tuple(words.text(f"rooms.{key}") for key in head_of_coins), offers))
    return tables


def _questions(session: Session, said: Mapping[str, Any], words: Catalogue) -> list[Element]:
    """Return the questions of the debrief, and how many chose which answer."""
    rows = tuple(
        (said["debrief"][one.n], answer, str(count), percent(count / sum(one.counts)))
        for one in answered(session)
        for answer, count in zip(said["answers"][one.n], one.counts, strict=True)
    )
    blocks: list[Element] = [Bullets(tuple(said["debrief"]))]
    if rows:
        head = ("answered_question", "answered_answer", "table_n", "answered_share")
        blocks.append(Table("", tuple(words.text(f"rooms.{name}") for name in head), rows, 2))
    return blocks


def _shoes(fitness: Fitness, said: Mapping[str, Any], words: Catalogue) -> list[Element]:
    tried = slice(Action.INNOVATION, None)
    sentence = words.text("rooms.shoes_sentence").format(
        expected=f"{fitness.expected[tried].sum():.0f}",
        decisions=fitness.decisions,
        observed=int(fitness.observed[tried].sum()),
        outside=fitness.outside,
        rounds=fitness.rounds,
    )
    scores = words.text("rooms.scores").format(
        model=_signed(fitness.score, ".2f"), constant=_signed(fitness.score_of_constant_shares, ".2f")
    )
    rows = tuple(
        (words.text(f"rooms.action_{name}"), str(int(fitness.observed[place])), f"{fitness.expected[place]:.1f}")
        for place, name in enumerate(ACTIONS)
    )
    head = tuple(words.text(f"rooms.shoes_{name}") for name in ("action", "observed", "expected"))
    blocks: list[Element] = [Paragraph(sentence), Paragraph(scores), Table("", head, rows)]
    if fitness.is_misfit:
        act, action, observed, expected, n = fitness.worst
        misfit = words.text("rooms.misfit").format(
            outside=fitness.outside_when_fitted,
            rounds=fitness.rounds,
            action=words.text(f"rooms.action_{ACTIONS[action]}"),
            act=said["acts"][act],
            observed=observed,
            n=n,
            expected=f"{expected:.0f}",
        )
        blocks.insert(0, Callout(misfit, "warning"))
    return blocks


def _parameters(fit: ClassFit, words: Catalogue) -> list[Element]:
    head = ("parameter", "parameter_class", "parameter_interval", "parameter_model", "parameter_told")
    rows = []
    for name in SCIENTIFIC:
        one = fit.estimate(name)
        label = words.text(f"rooms.name_{name}")
        if one.is_told:
            told = (_signed(one.median, ".2f"), f"[{_signed(one.low, '.2f')}, {_signed(one.high, '.2f')}]")
        else:
            told = (MISSING, words.text("rooms.not_told"))
        rows.append((label, *told, f"{one.default:.2f}", f"{one.told:.2f}"))
    table = Table("", tuple(words.text(f"rooms.{name}") for name in head), tuple(rows))
    return [Paragraph(words.text("rooms.parameters_note")), table]


def python_lines(room: str) -> str:
    """Return lines of Python that make the report's numbers again."""
    return f"""from app.room.afterwards import fit_of
from app.room.folders import room_path, stored_room
from app.room.sessions import session_of
from analysis.rooms.believed import answered, believed
from analysis.rooms.effect import effects_of
from analysis.rooms.reported import Reported

session = session_of(stored_room(room_path("{room}")))
fit = fit_of(session)
for estimate in fit.estimates:
    print(estimate)
for world in range(len(session.designs)):
    told = Reported(session, world, fit)
    print(told.shares, told.fan.median, told.twins)
print(effects_of(session))
print(believed(session), answered(session))
"""
