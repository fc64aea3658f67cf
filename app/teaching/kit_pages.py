"""The printed part of the class kit: prediction sheet, handout, survey with its key, script of fifteen minutes."""

from __future__ import annotations

import base64
from collections.abc import Iterable, Sequence
from html import escape

from app.teaching.claims import REPLICATIONS, SEED
from app.teaching.files import Lesson
from app.teaching.kit_claims import ClaimTold
from app.teaching.kit_words import word, words_of

_STYLE = """
@page { size: A4; margin: 16mm; }
body { max-width: 46rem; margin: 1.5rem auto; padding: 0 1rem; color: #16202b;
  font: 11pt/1.45 system-ui, "Noto Sans SC", "PingFang SC", "Microsoft YaHei", sans-serif; }
h1 { font-size: 17pt; line-height: 1.2; margin: 0 0 .3rem; } h2 { font-size: 12pt; margin: 1rem 0 .3rem; }
p { margin: .35rem 0; } img { width: 100%; } .note { color: #4a5765; font-size: 9.5pt; }
.lines { border-bottom: 1px solid #8494a3; height: 1.9rem; } .page { break-after: page; }
ol, ul { padding-left: 1.3em; } li { margin: .35rem 0; break-inside: avoid; }
.ticks { display: flex; flex-wrap: wrap; gap: .2rem 1.4rem; } .ticks span::before { content: "\\25A1\\00A0"; }
@media print { body { margin: 0; padding: 0; max-width: none; } }
"""


def sheet(lesson: Lesson, language: str, picture: bytes) -> str:
    """Return the sheet on which each draws a prediction: one page, the situation, the empty chart, room for reasons."""
    prediction = lesson.content["prediction"]
    body = [
        _paragraph(lesson.said("story", language)),
        f"<h2>{escape(prediction['title'][language])}</h2>",
        _paragraph(prediction["task"][language]),
        _image(picture, prediction["title"][language]),
        _paragraph(word(language, "sheet_task"), "note"),
        f"<h2>{escape(word(language, 'why'))}</h2>",
        *['<div class="lines"></div>'] * 3,
    ]
    return _document(f"{lesson.said('title', language)} · {word(language, 'sheet')}", body, language)


def handout(lesson: Lesson, language: str, claims: Sequence[ClaimTold], picture: bytes) -> str:
    """Return what a class takes home, on one page and without code: the question, the chart, what came out."""
    body = [
        _paragraph(lesson.said("question", language)),
        _image(picture, lesson.content["prediction"]["title"][language]),
        _list(f"{escape(claim.text)} <span class='note'>({escape(claim.numbers)})</span>" for claim in claims),
        _paragraph(word(language, "made").format(runs=REPLICATIONS, seed=SEED), "note"),
        f"<h2>{escape(word(language, 'cannot_tell'))}</h2>",
        _list(escape(text[language]) for text in lesson.content["cannot_tell"]),
        _paragraph(word(language, "rule"), "note"),
    ]
    style = "body { font-size: 9.5pt; } img { width: 72%; display: block; margin: 0 auto; } li { margin: .15rem 0; }"
    return _document(f"{lesson.said('title', language)} · {word(language, 'handout')}", body, language, style)


def survey(lesson: Lesson, language: str, claims: Sequence[ClaimTold]) -> str:
    """Return the questions before and after the lesson, a page each, and the key on a third."""
    ticks = _ticks(word(language, key) for key in ("above", "same", "below"))
    sure = _ticks(words_of(language, "sure_steps"))
    body = []
    for when in ("before", "after"):
        asked = [f"{escape(claim.ask)}{ticks}" for claim in claims]
        body += [
            f'<div class="page"><h2>{escape(word(language, when))}</h2>',
            _paragraph(word(language, "name")),
            '<div class="lines"></div>',
            _paragraph(word(language, "tick")),
            _list(asked, "ol"),
            _paragraph(word(language, "sure")),
            sure,
            *([_paragraph(word(language, "open")), '<div class="lines"></div>'] if when == "after" else []),
            "</div>",
        ]
    body += [
        f"<h2>{escape(word(language, 'key'))}</h2>",
        _list((f"{escape(claim.ask)} <strong>{escape(word(language, claim.key))}</strong>" for claim in claims), "ol"),
        _paragraph(word(language, "key_note"), "note"),
    ]
    return _document(f"{lesson.said('title', language)} · {word(language, 'survey')}", body, language)


def short_script(lesson: Lesson, language: str, claims: Sequence[ClaimTold]) -> str:
    """Return the script of fifteen minutes: four steps, three questions with their answers, one to discuss."""
    question = lesson.content["step"]["discuss"]["questions"][0][language]
    body = [
        f"<h2>{escape(word(language, 'situation'))}</h2>",
        _paragraph(lesson.said("story", language)),
        _paragraph(lesson.content["prediction"]["task"][language]),
        *(_paragraph(step) for step in words_of(language, "short_script")),
        _list(
            (
                f"{escape(claim.ask)}<br><strong>{escape(claim.text)}</strong> "
                f"<span class='note'>({escape(claim.numbers)})</span>"
                for claim in claims
            ),
            "ol",
        ),
        _paragraph(question),
        _paragraph(word(language, "rule"), "note"),
    ]
    return _document(f"{lesson.said('title', language)} · {word(language, 'short')}", body, language)


def _document(title: str, body: Sequence[str], language: str, style: str = "") -> str:
    code = "en" if language == "en" else "zh-CN"
    return (
        f'<!doctype html>\n<html lang="{code}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(title)}</title>\n<style>{_STYLE}{style}</style>\n</head>\n<body>\n<h1>{escape(title)}</h1>\n"
        + "\n".join(body)
        + "\n</body>\n</html>\n"
    )


def _paragraph(text: str, kind: str = "") -> str:
    return f'<p class="{kind}">{escape(text)}</p>' if kind else f"<p>{escape(text)}</p>"


def _list(items: Iterable[str], tag: str = "ul") -> str:
    return f"<{tag}>" + "".join(f"<li>{item}</li>" for item in items) + f"</{tag}>"


def _ticks(offered: Iterable[str]) -> str:
    return '<div class="ticks">' + "".join(f"<span>{escape(text)}</span>" for text in offered) + "</div>"


def _image(picture: bytes, name: str) -> str:
    return f'<img alt="{escape(name)}" src="data:image/png;base64,{base64.b64encode(picture).decode("ascii")}">'
