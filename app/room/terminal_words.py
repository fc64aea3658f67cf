"""What the commands of rooms say in the terminal, in both languages."""

from __future__ import annotations

from model.catalogue import Language

_WORDS: dict[str, dict[str, str]] = {
    "en": {
        "ready": "Room {name}, code {code}\nPhones: {phones}\nDesk:   {desk}\nThe room plays on until Ctrl-C; "
        "`python run.py room --resume {name}` goes on with it.",
        "check_ready": "Open {phones} on your phone, in the network of the room. Ctrl-C stops.",
        "check_page": "✓ a phone has arrived",
        "check_socket": "✓ the socket works",
        "check_post": "✓ plain requests work",
        "check_back": "✓ a phone slept, or lost the network, and came back",
        "check_stopped": "Stopped.",
        "hint_windows": "No phone yet. Windows: allow Python on private networks, or run as administrator: netsh advfirewall firewall add rule name=room dir=in action=allow protocol=TCP localport={port}",
        "hint_mac": "No phone yet. macOS: System Settings, Network, Firewall: allow incoming connections for Python (port {port}).",
        "hint_linux": "No phone yet. Linux: sudo ufw allow {port}/tcp, or sudo firewall-cmd --add-port={port}/tcp",
        "hint_isolation": "Perhaps the Wi-Fi keeps devices apart (client isolation, common in guest networks): use the laptop's hotspot or a pocket router.",
        "hint_mobile": "Perhaps the phone has gone over to mobile data: tell it to stay in this Wi-Fi though it has no internet.",
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
        "check_ready": "请用手机在教室网络中打开 {phones}。按 Ctrl-C 停止。",
        "check_page": "✓ 手机已连上",
        "check_socket": "✓ 长连接可用",
        "check_post": "✓ 普通请求可用",
        "check_back": "✓ 手机休眠或断网后已恢复",
        "check_stopped": "已停止。",
        "hint_windows": "还没有手机连上。Windows：请允许 Python 访问专用网络，或以管理员身份运行：netsh advfirewall firewall add rule name=room dir=in action=allow protocol=TCP localport={port}",
        "hint_mac": "还没有手机连上。macOS：请在“系统设置—网络—防火墙”中允许 Python 接受传入连接（端口 {port}）。",
        "hint_linux": "还没有手机连上。Linux：sudo ufw allow {port}/tcp，或 sudo firewall-cmd --add-port={port}/tcp",
        "hint_isolation": "可能是无线网络隔离了设备（访客网络常见）：请改用电脑热点或便携路由器。",
        "hint_mobile": "可能是手机切换到了移动数据：请让手机留在这个无线网络，即使没有互联网。",
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
