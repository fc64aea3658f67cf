"""Where a text looks as if it named a person: no proof, but a reason to look again before a file is passed on."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from analysis.evidence.coded_file import Row

_IN = ("deed", "note")
_MOST = 10
_SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪"
    "范石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔汤"
)
# 王某, 王某某, 王XX; not 于某地: there the sign before is no surname.
_VEILED = f"[{_SURNAMES}](?:某某?|[×xX]{{1,2}})(?![地日月年市县镇乡村局省区项单种个次些处方时职企公家机部门街社工程])"
_ADDRESSED = f"[{_SURNAMES}][一-龥]{{1,2}}(?:同志|先生|女士)"
_WESTERN = r"\b(?:Mr|Mrs|Ms|Miss|Dr|Comrade)\.? [A-Z][a-z]+(?: [A-Z][a-z]+)?"
_LIKE_A_NAME = re.compile(f"{_ADDRESSED}|{_VEILED}|{_WESTERN}")


class LikelyName(NamedTuple):
    """A place that looks like a name: its line, its column, the words."""

    line: int
    column: str
    found: str


def likely_names(rows: Iterable[Row]) -> list[LikelyName]:
    """Return the first places in free texts that look like the name of a person."""
    found: list[LikelyName] = []
    for row in rows:
        for column in _IN:
            hit = _LIKE_A_NAME.search(row[column])
            if hit:
                found.append(LikelyName(row.line, column, hit[0]))
                if len(found) == _MOST:
                    return found
    return found
