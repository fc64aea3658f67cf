"""What is done with a room afterwards: list, export, fit, report, erase."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from analysis.errors import ExperimentError
from analysis.rooms.choices import answers_of, choices_of
from analysis.rooms.class_scenario import class_toml
from analysis.rooms.fit import SCIENTIFIC, ClassFit, fitted_class
from analysis.rooms.fitness import fitness_of
from analysis.rooms.record import write_record
from analysis.rooms.report import report_html, room_words
from analysis.rooms.session import Session
from analysis.store.whole_files import write_files
from app.room.folders import FOLDER, StoredRoom, erase_room, refuse_other_model, room_path, room_paths, stored_room
from app.room.sessions import session_of
from app.room.terminal_words import say
from model.catalogue import Language
from model.code_hash import model_hash


def listed(language: Language = "en", root: Path = FOLDER) -> Iterator[str]:
    """Yield a line for each room on this machine."""
    paths = room_paths(root)
    if not paths:
        yield say(language, "no_rooms", folder=str(root))
    for path in paths:
        try:
            room = stored_room(path)
        except ExperimentError as error:
            yield f"{path.parent.name}  {error}"
            continue
        state = room.state
        yield say(
            language,
            "listed_over" if state.is_ended or state.phase == "closed" else "listed",
            name=room.about.name,
            play=room.read.name,
            people=str(len(state.seats)),
            played=str(sum(number > 0 for number in state.closed)),
            rounds=str(room.read.play.rounds),
        )


def exported(name: str, out: Path | None, research: bool) -> Path:
    """Write a room's tables and return their folder; of another version of the model's room, what was said alone."""
    path = room_path(name)
    room = stored_room(path)
    folder = out or path.parent / ("research" if research else "tables")
    return write_record(session_of(room), folder, research)


def note_on_export(name: str, language: Language = "en") -> str | None:
    """Return what has to be said of the tables of a room that another version of the model has played."""
    if stored_room(room_path(name)).facts["model_hash"] == model_hash():
        return None
    return say(language, "other_version")


def fit_of(session: Session) -> ClassFit:
    """Return the fit of a session's class."""
    choices = choices_of(session)
    if len(choices.person) == 0:
        raise ExperimentError(f"room {session.room}: nobody has decided anything yet, so there is nothing to fit")
    return fitted_class(choices, answers_of(session), session.designs[0].parameters_in(1))


def fitted(name: str, language: Language) -> Iterator[str]:
    """Fit a room's class, write class.toml and fit.csv beside it, and yield what is to be told."""
    path = room_path(name)
    room = stored_room(path)
    refuse_other_model(room)
    session = session_of(room)
    fit = fit_of(session)
    parameters = session.designs[0].parameters_in(1)
    files = {"class.toml": class_toml(fit, parameters, session.room), "fit.csv": _table_of(fit)}
    write_files(path.parent, files)
    yield say(language, "fitted", people=str(fit.people), decisions=str(fit.decisions))
    fitness = fitness_of(session, choices_of(session), fit)
    if fitness.is_misfit:
        yield say(language, "misfit", outside=str(fitness.outside_when_fitted), rounds=str(fitness.rounds))
    for one in fit.estimates:
        if one.name in SCIENTIFIC:
            key = "estimate" if one.is_told else "untold"
            numbers = {which: f"{getattr(one, which):.2f}" for which in ("median", "low", "high", "default")}
            yield say(language, key, name=room_words(language).text(f"rooms.name_{one.name}"), **numbers)
    yield say(language, "written", path=str(path.parent / "class.toml"))


def _table_of(fit: ClassFit) -> str:
    text = io.StringIO()
    table = csv.writer(text)
    table.writerow(["parameter", "median", "low", "high", "model", "told", "is_told"])
    for one in fit.estimates:
        table.writerow([one.name, one.median, one.low, one.high, one.default, one.told, one.is_told])
    return text.getvalue()


def reported(name: str, language: Language) -> Path:
    """Write a room's report and return its path."""
    path = room_path(name)
    room = stored_room(path)
    refuse_other_model(room)
    session = session_of(room)
    text = report_html(session, fit_if_any(session), said_in_play(room, language), language, room.about.name)
    return write_files(path.parent, {f"report.{language}.html": text})[0]


def slides_written(name: str, language: Language) -> Path:
    """Write a room's slides and charts, and return the path of the slides."""
    from analysis.rooms.slides import write_slides  # noqa: PLC0415 - only slides need it

    path = room_path(name)
    room = stored_room(path)
    refuse_other_model(room)
    session = session_of(room)
    said = said_in_play(room, language)
    return write_slides(session, fit_if_any(session), said, language, room.about.name, path.parent / "slides")


def fit_if_any(session: Session) -> ClassFit | None:
    """Return the fit of a session's class, or None if nobody decided on a phone."""
    return fit_of(session) if any(person.choices for person in session.people) else None


def said_in_play(room: StoredRoom, language: Language) -> dict[str, Any]:
    """Return a play's own texts in a language."""
    texts: dict[str, Any] = {
        "title": room.read.play.title,
        "question": room.read.play.question,
        "acts": [act.title for act in room.read.play.act],
        "rules": [act.rule for act in room.read.play.act],
        "cannot_tell": list(room.read.play.cannot_tell),
        "debrief": list(room.read.play.debrief),
    }
    worlds = [getattr(world.title, language) if world.title else world.name for world in room.read.play.worlds]
    answers = [[getattr(answer, language) for answer in asked.answers] for asked in room.read.play.debrief]
    return {"answers": answers, "worlds": worlds} | {
        key: [getattr(one, language) for one in value] if isinstance(value, list) else getattr(value, language)
        for key, value in texts.items()
    }


def erased(name: str) -> str:
    """Erase a room for good and return its name."""
    path = room_path(name)
    erase_room(path)
    return path.parent.name
