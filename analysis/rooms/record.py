"""The record of a session: tidy tables of what was shown, chosen and answered, and of what came of it.

The same room gives the same bytes. Seats are numbered by a random order that stands in the room's file only.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from analysis.rooms.points import came_column
from analysis.rooms.session import Person, PlayedRound, Session, decides
from analysis.rooms.world import office_of
from analysis.store.whole_files import write_files
from model.faced import CAME, FACED
from model.measures import MEASURES
from model.vocabulary import ACTIONS, Outcome

if TYPE_CHECKING:
    import pandas as pd

TABLES = ("decisions", "months", "choices", "beliefs", "coins", "guesses", "answers", "offices", "seats")
_KEYS = {"room": "the room", "world": "the world, one of those of the play", "seat": "the seat, numbered at random"}
_ROUND = {"round": "the round, from 1", "act": "the act, from 0", "month": "the month of the play, from 0"}

# What every column means; a test holds the tables to it.
COLUMNS: dict[str, dict[str, str]] = {
    "decisions": {
        **_KEYS,
        **_ROUND,
        "generation": "how many held the post before",
        "by": "person, or deputy: the model's official acted",
        "action": "what was chosen for the round, or what the deputy did in its first month",
        "revisions": "how often the person changed the choice",
        "seconds": "from the opening of the round to the last choice",
        "shown_pursued_in_100": "on the wall: failures pursued of a hundred",
        "shown_exempt_tenths": "on the wall: cases exempted of ten",
        "shown_exempt_filed_tenths": "on the wall: cases exempted of ten, if filed",
        "shown_publicity_tenths": "on the wall: sanctions made known of ten",
        "shown_disclosure_tenths": "on the wall: exemptions made known of ten",
        "shown_sanctions": "sanctions known in the office from the last round",
        "shown_exemptions": "exemptions known in the office from the last round",
        "shown_unpursued": "failures known in the office that nobody pursued, from the last round",
        **dict.fromkeys(FACED[1:], "what the official faced at the start of the round; docs/model.md"),
        "twin_action": "what the twin did in the first month: the same person and luck, nobody being ordered anything",
    },
    "months": {
        **_KEYS,
        **_ROUND,
        "by": "person, or deputy",
        "action": "what was done; filing is left out where the matter was urgent",
        "outcome": "how it turned out",
        "is_case": "whether it became a case",
        "is_exempt": "whether the case ended exempt",
        "rung": "the rung of the sanction, from 0; -1 for none",
        "freeze_months": "the bar on promotion that followed",
        "care": "the care taken, the model's own",
        "points": "what the month was worth, a hundred for each unit of utility",
        "twin_action": "what the twin did",
        "twin_outcome": "how it turned out for the twin",
        "twin_points": "the twin's points",
    },
    "choices": {
        **_KEYS,
        "round": "the round, from 1",
        "action": "what the person chose; also there where the worlds cannot be made anew",
        "revisions": "how often the person changed the choice",
        "seconds": "from the opening of the round to the last choice",
    },
    "beliefs": {
        **_KEYS,
        "round": "the round, from 1",
        "when": "before, or after deciding",
        "question": "pursued, exempt, exempt_filed, others",
        "tenths": "the answer: in how many of ten",
    },
    "coins": {
        **_KEYS,
        "n": "the gamble, from 0",
        "win": "points won at heads",
        "lose": "points lost at tails",
        "accept": "whether it was taken",
    },
    "guesses": {**_KEYS, "asked": "what was asked", "place": "the place of the value, from 0", "value": "the guess"},
    "answers": {
        **_KEYS,
        "n": "the question of the debrief, from 0",
        "question": "the question, in English",
        "choice": "the answer that was chosen, from 0",
        "answer": "the answer, in English",
    },
    "offices": {
        "room": "the room",
        "world": "the world",
        "office": "the office, from 0",
        "month": "the month of the play, from 0",
        "people": "people who decided in it in that round",
        "known_sanctions": "sanctions that became known in the round",
        "known_exemptions": "exemptions that became known in the round",
        "known_unpursued": "failures that became known in the round and that nobody pursued",
        **dict.fromkeys(MEASURES, "the measure of the office; docs/measures.md"),
    },
    "seats": {
        **_KEYS,
        "first_round": "the first round that somebody could decide in",
        "left_round": "the round in which the person left; missing for who stayed",
        "research": "whether the answers may be used for research",
        "language": "the language of the phone",
    },
}


def tables_of(session: Session, research: bool = False) -> dict[str, pd.DataFrame]:
    """Return all tables of a session; `research` leaves out all seats without that consent."""
    import pandas as pd  # noqa: PLC0415 - takes a while to load

    people = sorted((p for p in session.people if p.research or not research), key=lambda person: person.seat)
    rows: dict[str, list[dict[str, Any]]] = {
        "decisions": [row for person in people for row in _decisions(session, person)],
        "months": [row for person in people for row in _months(session, person)],
        "choices": [row for person in people for row in _choices(session, person)],
        "beliefs": [row for person in people for row in _beliefs(session, person)],
        "coins": [row for person in people for row in _coins(session, person)],
        "guesses": [row for person in people for row in _guesses(session, person)],
        "answers": [row for person in people for row in _answers(session, person)],
        "offices": list(_offices(session)),
        "seats": [_seat(session, person) for person in people],
    }
    return {name: pd.DataFrame(rows[name], columns=list(COLUMNS[name])) for name in TABLES}


def _keys(session: Session, person: Person) -> dict[str, Any]:
    return {"room": session.room, "world": session.world_names[person.world], "seat": person.seat}


def _when(session: Session, person: Person, number: int, place: int = 0) -> dict[str, Any]:
    design = session.designs[person.world]
    month = (number - 1) * design.months_per_round + place
    return {"round": number, "act": design.act_of_round[number - 1], "month": month}


def _rounds(session: Session, person: Person) -> Iterator[tuple[int, PlayedRound, PlayedRound]]:
    both = zip(session.rounds[person.world], session.twins[person.world], strict=True)
    for number, (over, twin) in enumerate(both, start=1):
        if number >= person.first_round:
            yield number, over, twin


def _by(person: Person, number: int) -> str:
    return "person" if decides(person, number) else "deputy"


def _decisions(session: Session, person: Person) -> Iterator[dict[str, Any]]:
    office = office_of(session.designs[person.world], person.post)
    for number, over, twin in _rounds(session, person):
        faced = over.told.faced[0, person.post]
        wall, is_person = session.walls[person.world][number - 1], decides(person, number)
        news = session.rounds[person.world][number - 2].news[office] if number > 1 else None
        did = int(came_column(over.told.came[0, person.post], "action"))
        yield {
            **_keys(session, person),
            **_when(session, person, number),
            "generation": int(faced[0]),
            "by": _by(person, number),
            "action": ACTIONS[person.choices[number] if is_person else did],
            "revisions": person.revisions.get(number, 0) if is_person else 0,
            "seconds": round(person.seconds[number], 1) if is_person and number in person.seconds else None,
            "shown_pursued_in_100": wall.pursued_in_100,
            "shown_exempt_tenths": wall.exempt_tenths,
            "shown_exempt_filed_tenths": wall.exempt_filed_tenths,
            "shown_publicity_tenths": wall.publicity_tenths,
            "shown_disclosure_tenths": wall.disclosure_tenths,
            "shown_sanctions": news.sanctions if news else 0,
            "shown_exemptions": news.exemptions if news else 0,
            "shown_unpursued": news.unpursued if news else 0,
            **dict(zip(FACED[1:], (float(value) for value in faced[1:]), strict=True)),
            "twin_action": ACTIONS[int(came_column(twin.told.came[0, person.post], "action"))],
        }


def _months(session: Session, person: Person) -> Iterator[dict[str, Any]]:
    post = person.post
    for number, over, twin in _rounds(session, person):
        for place in range(len(over.told.came)):
            came = dict(zip(CAME, over.told.came[place, post], strict=True))
            of_twin = dict(zip(CAME, twin.told.came[place, post], strict=True))
            yield {
                **_keys(session, person),
                **_when(session, person, number, place),
                "by": _by(person, number),
                "action": ACTIONS[int(came["action"])],
                "outcome": Outcome(int(came["outcome"])).name.lower(),
                "is_case": bool(came["is_failure_case"] + came["is_misconduct"]),
                "is_exempt": bool(came["is_exempt"]),
                "rung": int(came["rung"]),
                "freeze_months": float(came["freeze_months"]),
                "care": float(came["care"]),
                "points": float(over.points[place, post]),
                "twin_action": ACTIONS[int(of_twin["action"])],
                "twin_outcome": Outcome(int(of_twin["outcome"])).name.lower(),
                "twin_points": float(twin.points[place, post]),
            }


def _choices(session: Session, person: Person) -> Iterator[dict[str, Any]]:
    if person.is_erased:
        return
    for number, action in sorted(person.choices.items()):
        yield {
            **_keys(session, person),
            "round": number,
            "action": ACTIONS[action],
            "revisions": person.revisions.get(number, 0),
            "seconds": round(person.seconds[number], 1) if number in person.seconds else None,
        }


def _beliefs(session: Session, person: Person) -> Iterator[dict[str, Any]]:
    for (number, when, question), tenths in sorted(person.beliefs.items()):
        yield {**_keys(session, person), "round": number, "when": when, "question": question, "tenths": tenths}


def _coins(session: Session, person: Person) -> Iterator[dict[str, Any]]:
    for n, accept in sorted(person.coins.items()):
        win, lose = session.gambles[n]
        yield {**_keys(session, person), "n": n, "win": win, "lose": lose, "accept": accept}


def _guesses(session: Session, person: Person) -> Iterator[dict[str, Any]]:
    for asked, values in sorted(person.guesses.items()):
        for place, value in enumerate(values):
            yield {**_keys(session, person), "asked": asked, "place": place, "value": float(value)}


def _answers(session: Session, person: Person) -> Iterator[dict[str, Any]]:
    for n, choice in sorted(person.answers.items()):
        asked = session.debrief[n]
        told = {"n": n, "question": asked.question, "choice": choice, "answer": asked.answers[choice]}
        yield {**_keys(session, person), **told}


def _offices(session: Session) -> Iterator[dict[str, Any]]:
    for world, rounds in enumerate(session.rounds):
        design, posts = session.designs[world], session.posts_decided(world)
        for number, over in enumerate(rounds, start=1):
            people = np.bincount([office_of(design, post) for post in posts[number - 1]], minlength=len(over.news))
            for place in range(len(over.told.offices)):
                for office, news in enumerate(over.news):
                    measures = over.told.offices[place, office]
                    yield {
                        "room": session.room,
                        "world": session.world_names[world],
                        "office": office,
                        "month": (number - 1) * design.months_per_round + place,
                        "people": int(people[office]),
                        **{f"known_{name}": count for name, count in asdict(news).items()},
                        **dict(zip(MEASURES, (float(value) for value in measures), strict=True)),
                    }


def _seat(session: Session, person: Person) -> dict[str, Any]:
    return {
        **_keys(session, person),
        "first_round": person.first_round,
        "left_round": person.left_round,
        "research": person.research,
        "language": person.language,
    }


def dictionary() -> str:
    """Return the dictionary of all tables, in Markdown."""
    lines = ["# The tables of a room", ""]
    for name in TABLES:
        lines += [f"## {name}", "", "| column | what it is |", "| --- | --- |"]
        lines += [f"| `{column}` | {meaning} |" for column, meaning in COLUMNS[name].items()]
        lines.append("")
    return "\n".join(lines)


def write_record(session: Session, folder: Path, research: bool = False) -> Path:
    """Write all tables (Parquet and CSV), the dictionary and the manifest into a folder, and return it.

    ExperimentError if the folder does not take them. The manifest, written last, has the checksums of these files.
    """
    tables = tables_of(session, research)
    files = {"dictionary.md": dictionary().encode()}
    for name, table in tables.items():
        files[f"{name}.parquet"] = table.to_parquet(index=False)
        files[f"{name}.csv"] = table.to_csv(index=False, lineterminator="\n").encode()
    manifest = {
        "room": session.room,
        "month": session.month,
        "only_research_consent": research,
        **session.facts,
        "rows": {name: len(table) for name, table in tables.items()},
        "files": {name: hashlib.sha256(content).hexdigest() for name, content in sorted(files.items())},
    }
    text = json.dumps(manifest, ensure_ascii=False, indent=2, sort_keys=True)
    write_files(folder, {**files, "manifest.json": text + "\n"})
    return folder
