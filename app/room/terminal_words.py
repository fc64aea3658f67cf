"""What the commands of rooms say in the terminal, in both languages."""

from __future__ import annotations

from model.catalogue import Language

_WORDS: dict[str, dict[str, str]] = {
    "en": {
        "ready": "Room {name}, code {code}\nPhones: {phones}\nDesk:   {desk}\nThe room plays on until Ctrl-C; "
        "`python run.py room --resume {name}` goes on with it.",
        "compiling": "The model is compiled once; this takes a minute.",
        "others": "Other addresses of this machine: {others}; choose with --address or at the desk",
        "old_room": "The room {name} is older than 30 days; `python run.py room erase {name}` erases it.",
        "unended": "The room {name} is not ended; `python run.py room --resume {name}` goes on with it. "
        "A new room is opened.",
        "stopped": "Stopped. The room {name} is kept.",
    },
    "zh": {
        "ready": "房间 {name}，代码 {code}\n手机访问：{phones}\n培训师控制台：{desk}\n按 Ctrl-C 停止；"
        "用 `python run.py room --resume {name}` 可以继续。",
        "compiling": "首次运行需要编译模型，约一分钟。",
        "others": "本机的其他地址：{others}；用 --address 或在控制台选择",
        "old_room": "房间 {name} 已超过 30 天；用 `python run.py room erase {name}` 删除。",
        "unended": "房间 {name} 尚未结束；用 `python run.py room --resume {name}` 继续。现在打开新房间。",
        "stopped": "已停止。房间 {name} 已保存。",
    },
}


def say(language: Language, key: str, **values: str) -> str:
    """Return a sentence in a language."""
    return _WORDS[language][key].format(**values)
