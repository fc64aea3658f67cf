"""The trainers' guide: the lessons' scripts in both languages, as Markdown and as a page to print."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from html import escape

from app.teaching.files import LANGUAGES, STEPS, Lesson, Tree

_WORDS: Mapping[str, Mapping[str, str]] = {
    "en": {
        "title": "Trainers' guide",
        "intro": "Seven lessons for a class of officials or students, each forty to forty-five minutes. Everybody "
        "predicts first, the prediction is locked, the model answers, and the class discusses the difference. The page "
        "`app/officials.html` holds the lessons; it needs no network. Numbers are not printed here: the page computes "
        "them, with the seed in its link. `python run.py kit LESSON` makes sheets to print, slides with this script as "
        "notes, questions before and after with their key, and a lesson of fifteen minutes. In presenter view the page "
        "opens a window for you alone, with this script, a clock and what comes next; a remote control alone finds a "
        "lesson in the list, opens it and leads on to the next. Whoever reads better with larger text or wider spacing "
        "sets it in the bar; on a slow device the page draws fewer runs and says so. If somebody asks whether "
        "officials really decide like that, choose another rule below the levers, under “How officials decide”: every "
        "chart then says so. Lessons stay with the default, for which their claims are made.",
        "rules": "Before you begin. The model is for thinking, not a forecast; it must not be used to judge persons; "
        "no official in it is a real one. Say so at the start, and again when a number tempts somebody. A prediction "
        "that misses is not a mistake: the difference is what the lesson is about.",
        "minutes": "{n} minutes",
        "question": "Question",
        "story": "Situation, to be read aloud",
        "policies": "What is compared",
        "with": "{scenario} with {settings}",
        "task": "What the class draws",
        "script": "Script",
        "step": "step",
        "time": "minutes",
        "predict": "1. Predict",
        "lock": "2. Lock",
        "reveal": "3. Reveal",
        "discuss": "4. Discuss",
        "does": "what you do",
        "questions": "questions",
        "claims": "What comes out",
        "checked": "Each sentence is checked against the model, run by run with a 95% interval:",
        "cannot_tell": "What the model cannot tell",
        "references": "To read",
        "stop": ". ",
        "colon": ": ",
        "comma": ", ",
        "edit": "Made by `python -m app.teaching.commands` from `app/lessons`; do not edit.",
    },
    "zh": {
        "title": "教师手册",
        "intro": "七节课，供干部教育培训或课堂教学使用，每节四十至四十五分钟。"
        "先由每名学员预测，锁定预测，由模型作答，再讨论二者的差别。"
        "课程在页面 `app/officials.html` 里，不需要网络。这里不印数字：数字由页面按链接中的种子当场计算。"
        "`python run.py kit 课程名` 生成可打印的预测表、带备注的幻灯片、课前课后问题及答案，以及十五分钟的短课。"
        "讲解视图中可以为教师单独打开一个窗口，显示教案、计时和下一步；只用翻页笔，就能在列表中选课、开课，并一直讲到下一课。"
        "需要更大字号或更宽间距的读者可在顶栏设置；设备较慢时，页面减少运行次数并加以说明。"
        "如有学员问干部是否真的这样决策，可在参数栏末尾的“干部如何决策”中另选一种决策规则：此后每张图都会注明。"
        "课程仍按默认规则进行，课中的论断都是就默认规则而言的。",
        "rules": "开始之前。模型用于思考，不是预测；不得用来评判个人；模型中的干部都不是真实的人。请在开头说明这一点，"
        "有学员只关注某个数字时再强调一遍。预测不准不是错误：差别正是这节课要讨论的。",
        "minutes": "{n} 分钟",
        "question": "问题",
        "story": "情景（请朗读）",
        "policies": "比较内容",
        "with": "{scenario}，其中 {settings}",
        "task": "全班的任务",
        "script": "教案",
        "step": "步骤",
        "time": "分钟",
        "predict": "1. 预测",
        "lock": "2. 锁定",
        "reveal": "3. 揭晓",
        "discuss": "4. 讨论",
        "does": "教师活动",
        "questions": "提问",
        "claims": "模型的结论",
        "checked": "每句话都与模型核对过，逐次运行比较并给出 95% 区间：",
        "cannot_tell": "模型回答不了什么",
        "references": "延伸阅读",
        "stop": "。",
        "colon": "：",
        "comma": "、",
        "edit": "由 `python -m app.teaching.commands` 根据 `app/lessons` 生成，请勿改动。",
    },
}


def guide(found: Sequence[Lesson]) -> str:
    """Return the trainers' guide as Markdown, English first, then Chinese."""
    english, chinese = _WORDS["en"], _WORDS["zh"]
    title = f"# {english['title']} · {chinese['title']}"
    parts = [f"{title}\n\n{english['edit']}\n\n[中文](#{chinese['title']})\n"]
    for language in LANGUAGES:
        words = _WORDS[language]
        heading = f"## {words['title']}" if language != "en" else f"## {words['title']}, English"
        parts.append(f"{heading}\n\n{words['intro']}\n\n{words['rules']}\n")
        parts.extend(_lesson_in_words(lesson, language) for lesson in found)
    return "\n".join(parts)


def _lesson_in_words(lesson: Lesson, language: str) -> str:
    words, content = _WORDS[language], lesson.content
    lines = [
        f"### {content['number']}. {lesson.said('title', language)}",
        f"*{words['minutes'].format(n=lesson.minutes)}*",
        f"**{_led(words, 'question')}** {lesson.said('question', language)}",
        f"**{_led(words, 'story')}** {lesson.said('story', language)}",
        f"**{_led(words, 'policies')}**",
        "\n".join(f"- {_arm_in_words(arm, language)}" for arm in content["arm"]),
        f"**{_led(words, 'task')}** {_task(content, language)}",
        f"**{_led(words, 'script')}**",
        _script_table(content, language),
        f"**{_led(words, 'claims')}** {words['checked']} `python -m app.teaching.commands --check {lesson.name}`",
        "\n".join(f"- {claim['text'][language]}" for claim in content["claim"]),
        f"**{_led(words, 'cannot_tell')}**",
        "\n".join(f"- {text[language]}" for text in content["cannot_tell"]),
        f"**{_led(words, 'references')}** " + words["comma"].join(f"`{key}`" for key in content.get("references", ())),
    ]
    return "\n\n".join(lines) + "\n"


def _led(words: Mapping[str, str], key: str) -> str:
    """Return what leads a paragraph, with the full stop of its language."""
    return words[key] + words["stop"].rstrip()


def _task(content: Tree, language: str) -> str:
    prediction = content["prediction"]
    title, task = prediction["title"][language], prediction["task"][language]
    return f"{title}{_WORDS[language]['stop']}{task}"


def _arm_in_words(arm: Tree, language: str) -> str:
    words = _WORDS[language]
    settings = words["comma"].join(f"`{path} = {value}`" for path, value in arm.get("settings", {}).items())
    scenario = f"`{arm['scenario']}`"
    what = words["with"].format(scenario=scenario, settings=settings) if settings else scenario
    return f"{arm['title'][language]}{words['colon']}{what}"


def _script_table(content: Tree, language: str) -> str:
    words = _WORDS[language]
    rows = [
        f"| {words['step']} | {words['time']} | {words['does']} | {words['questions']} |",
        "| --- | --- | --- | --- |",
    ]
    for name in STEPS:
        step = content["step"][name]
        questions = "<br>".join(f"• {question[language]}" for question in step["questions"])
        rows.append(f"| {words[name]} | {step['minutes']} | {step['does'][language]} | {questions} |")
    return "\n".join(rows)


# --- The page to print ---

_STYLE = """
body { max-width: 46rem; margin: 2rem auto; padding: 0 1rem; color: #16202b;
  font: 11pt/1.5 system-ui, "Noto Sans SC", "PingFang SC", "Microsoft YaHei", sans-serif; }
h1, h2, h3 { line-height: 1.25; } h2 { margin-top: 2.5rem; border-bottom: 2px solid #16202b; }
section { break-before: page; } table { width: 100%; border-collapse: collapse; }
th, td { padding: .3rem .5rem; border: 1px solid #8494a3; vertical-align: top; text-align: left; }
tr, li { break-inside: avoid; } td ul { margin: 0; padding-left: 1.1em; } .note { color: #4a5765; }
code { overflow-wrap: anywhere; }
@media print { body { margin: 0; max-width: none; font-size: 10pt; } a { color: inherit; } }
"""


def printable(found: Sequence[Lesson]) -> str:
    """Return the guide as one HTML page to print: a lesson begins on a page of its own. It fetches nothing."""
    title = f"{_WORDS['en']['title']} · {_WORDS['zh']['title']}"
    head = (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(title)}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n<h1>{escape(title)}</h1>\n"
    )
    body = []
    for language in LANGUAGES:
        words = _WORDS[language]
        code = "en" if language == "en" else "zh-CN"
        body.append(f'<div lang="{code}">\n<h2>{_marked(words["title"])}</h2>')
        body.append(f"<p>{_marked(words['intro'])}</p>\n<p>{_marked(words['rules'])}</p>")
        body.extend(_lesson_to_print(lesson, language) for lesson in found)
        body.append("</div>")
    return head + "\n".join(body) + "\n</body>\n</html>\n"


def _lesson_to_print(lesson: Lesson, language: str) -> str:
    words, content = _WORDS[language], lesson.content
    minutes = words["minutes"].format(n=lesson.minutes)
    return "\n".join(
        [
            f"<section>\n<h3>{content['number']}. {_marked(lesson.said('title', language))}</h3>",
            f'<p class="note">{minutes}</p>',
            f"<p><strong>{_led(words, 'question')}</strong> {_marked(lesson.said('question', language))}</p>",
            f"<p><strong>{_led(words, 'story')}</strong> {_marked(lesson.said('story', language))}</p>",
            f"<p><strong>{_led(words, 'policies')}</strong></p>",
            _list(_arm_in_words(arm, language) for arm in content["arm"]),
            f"<p><strong>{_led(words, 'task')}</strong> {_marked(_task(content, language))}</p>",
            _script_to_print(content, language),
            f"<p><strong>{_led(words, 'claims')}</strong></p>",
            _list(claim["text"][language] for claim in content["claim"]),
            f"<p><strong>{_led(words, 'cannot_tell')}</strong></p>",
            _list(text[language] for text in content["cannot_tell"]),
            "</section>",
        ]
    )


def _script_to_print(content: Tree, language: str) -> str:
    words = _WORDS[language]
    head = "".join(f"<th>{words[key]}</th>" for key in ("step", "time", "does", "questions"))
    rows = []
    for name in STEPS:
        step = content["step"][name]
        questions = _list(question[language] for question in step["questions"])
        rows.append(
            f"<tr><td>{words[name]}</td><td>{step['minutes']}</td><td>{_marked(step['does'][language])}</td><td>{questions}</td></tr>"
        )
    return f"<table><thead><tr>{head}</tr></thead><tbody>\n" + "\n".join(rows) + "\n</tbody></table>"


def _list(texts: Iterable[str]) -> str:
    return "<ul>" + "".join(f"<li>{_marked(text)}</li>" for text in texts) + "</ul>"


def _marked(text: str) -> str:
    """Return a text as HTML, what stands between backticks as code."""
    parts = escape(text, quote=False).split("`")
    return "".join(f"<code>{part}</code>" if number % 2 else part for number, part in enumerate(parts))
