"""Whether what a file holds can be a room: one that was damaged or edited is refused before it is played on."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from datetime import date

from app.room.game import COINS, QUESTIONS, Event
from app.room.plays import Play
from app.room.script import script_of
from model.vocabulary import ACTIONS

_HEX = ("secret", "desk_token", "wall_token", "order_secret")


def check_facts(facts: Mapping[str, str]) -> None:
    """Raise ValueError, or KeyError, if what is kept of a room beside its events cannot be so."""
    for name in _HEX:
        if not re.fullmatch(r"[0-9a-f]{32}", facts[name]):
            raise ValueError(f"{name} is no secret")
    if not re.fullmatch(r"\d{6}", facts["code"]):
        raise ValueError("the code is not six digits")
    date.fromisoformat(facts["day"])
    for name in ("study", "versions"):
        if not isinstance(json.loads(facts[name]), dict):
            raise ValueError(f"{name} is no table")
    for name in ("phones_port", "desk_port"):
        int(facts.get(name, "0"))
    _ = facts["model_hash"]


def check_events(play: Play, events: Sequence[Event]) -> None:
    """Raise ValueError, KeyError or TypeError if a room's events cannot be those of its play."""
    if not events or events[0].kind != "opened":
        raise ValueError("the opening is missing")
    steps, actions = len(script_of(play)), [number for number, name in enumerate(ACTIONS) if name in play.actions]
    for event in events:
        body, kind = event.body, event.kind
        holds = (
            kind != "opened" or event.seq == 1,
            kind != "stepped" or body["step"] in range(steps),
            kind != "chosen" or (body["action"] in actions and event.round in range(play.rounds + 1)),
            kind != "closed" or event.round in range(play.rounds + 1),
            kind != "coin" or (body["n"] in range(len(COINS)) and isinstance(body["accept"], bool)),
            kind != "believe" or (body["question"] in QUESTIONS and body["tenths"] in range(11)),
            kind != "seated" or (body["world"] in range(len(play.worlds)) and body["chair"] >= 0),
        )
        if not all(holds):
            raise ValueError(f"event {event.seq} ({kind}) cannot be so")
