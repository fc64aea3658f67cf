"""The part of the trainer's guide that is made from the plays: `python -m app.room.guide`."""

from __future__ import annotations

from pathlib import Path

from app.room.plays import find_play, shipped_plays
from model.catalogue import Language

DOCUMENTS: dict[Language, Path] = {
    "en": Path(__file__).parents[2] / "docs" / "rooms.md",
    "zh": Path(__file__).parents[2] / "docs" / "rooms.zh-CN.md",
}
_BEGIN, _END = "| --- | --- | --- | --- |\n", "<!-- end of plays -->"


def with_plays(text: str, language: Language) -> str:
    """Return a guide with the table of the shipped plays in its place."""
    before, _, rest = text.partition(_BEGIN)
    _, _, after = rest.partition(_END)
    rows = []
    colon = "：" if language == "zh" else ": "
    for name in shipped_plays():
        play = find_play(name).play
        title, question = getattr(play.title, language), getattr(play.question, language)
        rounds = " + ".join(str(act.rounds) for act in play.act)
        rows.append(f"| `{name}`{colon}{title} | {question} | {rounds} | {play.certainty_times:g} |\n")
    return f"{before}{_BEGIN}{''.join(rows)}{_END}{after}"


if __name__ == "__main__":
    for language, path in DOCUMENTS.items():
        path.write_text(with_plays(path.read_text(encoding="utf-8"), language), encoding="utf-8")
