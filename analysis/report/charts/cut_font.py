"""Cut the font of the charts down to the characters that charts can show.

The charts' font, ``fonts/chart_sans_sc.ttf``, is Noto Sans SC (SIL Open Font License 1.1) cut to some hundred
characters, so that Chinese charts look the same on a machine without any Chinese font. A test fails if a text that
charts can show, of the catalogues or of a shipped scenario, needs a character that was not cut. Then cut again:

1. Get Noto Sans SC with TrueType outlines, as TTF or WOFF2, variable or regular. For example, the npm package
   ``@fontsource/noto-sans-sc`` holds it as ``files/noto-sans-sc-chinese-simplified-400-normal.woff2``.
2. ``pip install fonttools brotli`` (brotli is needed for WOFF2 only).
3. ``python -m analysis.report.charts.cut_font PATH_OF_THE_SOURCE``
4. Run ``pytest tests/analysis/report`` and look at a Chinese chart.

The same source and the same texts give the same file, byte for byte.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from importlib import import_module
from pathlib import Path
from typing import Any

from analysis.report.charts.fonts import CHART_FAMILY, CHART_FONT
from analysis.words import words_in
from model.catalogue import LANGUAGES
from model.scenario import find_scenario, shipped_scenarios

REGULAR_WEIGHT = 400
# Other sections are for terminals, which have their own fonts.
_SECTIONS_OF_CHARTS = (
    "actions.",
    "charts.",
    "estimate.",
    "evidence.",
    "measures.",
    "parameters.",
    "mechanisms.",
    "tables.",
    "units.",
)
# Columns and items that charts of evidence show; read as files, as the report uses nothing of evidence.
_ROOT = Path(__file__).parents[3]
_CODEBOOK = ("cases.toml", "groups.toml", "items.toml")
_LATIN = "".join(map(chr, [*range(0x20, 0x7F), *range(0xA0, 0x100)])) + "–—‘’“”…−×·"
_CHINESE_SIGNS = "、。《》〈〉「」『』【】〔〕！（），：；？％～"
# The most frequent characters, and those of provinces and numbers: for titles of scenarios that users write.
_FREQUENT = (
    "的一是不了在人有我他这个们中来上大为和国地到以说时要就出会可也你对生能而子那得于着下自之年过发后作里用道行所然"
    "家种事成方多经么去法学如都同现当没动面起看定天分还进好小部其些主样理心她本前开但因只从想实日军者意无力它与长把"
    "机十民第公此已工使情明性知全三又关点正业外将两高间由问很最重并物手应战向头文体政美相见被利什二等产或新己制身果"
    "加西斯月话合回特代内信表化老给世位次度门任常先海通教儿原东声提立及比员解水名真论处走义各入几口认条平系气题活尔"
    "更别打女变四神总何电数安少报才结反受目太量再感建务做接必场件计管期市直德资命山金指克许统区保至队形社便空决治展"
    "马科司五基眼书非则听白却界达光放强即像难且权思王象完设式色路记南品住告类求据程北死张该交规万取拉格望觉术领共确"
    "传师观清今切院让识候带导争运每写照支选器件响领毛深层斯段影满历史节研究算型精容维格坐技整转示续照断积极底施响引微"
    "企准备防止周围注责任群众查验批准备案纪律检察监督委员会部门单位组织干部职务岗位薪酬奖励惩戒处罚警告记过降级撤职开除"
    "违规违法廉洁腐败公正公平透明信访举报调查取证听证复核裁定裁决申请受理认定反馈整改问题清单台账考核评价激励约束担当"
    "农业产粮食林牧渔矿房土供销财税收支预结余债款银钱价费补贴投资贷招商采购标工程建筑桥铁航港码头环境污染治沙绿碳能源"
    "医疗卫药保险养老幼托教育科技研发创业就培训扶贫困脱低社区街居民户籍移灾救援应急消防安全维稳舆情网络数据平台智慧城"
    "仅份围抽杆杠淡独画签约绘编缺范译质钟附颜首默登录存盘载载入导出刷拖滑按钮窗口屏幕显隐藏展折叠列表格图例轴曲线柱饼"
    "右左前后外旁侧角边央央央高低长短远近厚薄粗细圆方直弯红橙黄绿青蓝紫黑白灰浅深亮暗春夏秋冬晨午晚夜周末假期旧新始终"
    "北京天津河北山西内蒙古辽宁吉林黑龙江上海江苏浙江安徽福建江西山东河南湖北湖南广东广西海南重庆四川贵州云南西藏"
    "陕西甘肃青海宁夏新疆香港澳门台湾深圳雄安省市县乡镇村街甲乙丙丁戊己庚辛壬癸零一二三四五六七八九十百千万亿半倍"
    "严宽松紧缓急轻重快慢早晚增减升降试点版案例组套餐方案假设参考对照极端温和适中混合综合分步"
    "党函询谈审涉嫌伞澄诫勉辞尽晰伍疏忽熟悉偏袒牵迫咎落偿彼客况乎吗忘课"
)


def shipped_texts() -> list[str]:
    """Return every text that charts can show without a user's doing: words of the catalogues, of shipped scenarios."""
    catalogues = [words_in(language).texts for language in LANGUAGES]
    texts = [text for each in catalogues for path, text in each.items() if path.startswith(_SECTIONS_OF_CHARTS)]
    for name in shipped_scenarios():
        scenario = find_scenario(name)
        places = [place.name for place in scenario.jurisdictions]
        texts += [text for shown in (scenario.title, scenario.question, *places) for text in (shown.en, shown.zh)]
    return texts


def wanted_characters() -> frozenset[str]:
    """Return the characters to cut: of all that is shipped, of Latin and Chinese print, and frequent ones."""
    words = [text for language in LANGUAGES for text in words_in(language).texts.values()]
    codebook = [(_ROOT / "data" / "codebook" / name).read_text(encoding="utf-8") for name in _CODEBOOK]
    return frozenset("".join([*shipped_texts(), *words, *codebook, _LATIN, _CHINESE_SIGNS, _FREQUENT]))


def cut(source: Path, target: Path, characters: Iterable[str]) -> None:
    """Write the font in `source`, regular and cut to the characters it has of those wanted, to `target`.

    Raises
    ------
    ValueError
        If the font has no TrueType outlines.
    """
    # Taken in here, as it is needed for cutting only.
    subset: Any = import_module("fontTools.subset")
    tables: Any = import_module("fontTools.ttLib")
    instancer: Any = import_module("fontTools.varLib.instancer")
    font: Any = tables.TTFont(source, fontNumber=0, recalcTimestamp=False)
    if "glyf" not in font:
        raise ValueError(f"{source} has no TrueType outlines; give Noto Sans SC as TTF or WOFF2, not as OTF")
    if "fvar" in font:
        font = instancer.instantiateVariableFont(font, {"wght": REGULAR_WEIGHT})
    options = subset.Options()
    options.layout_features = ["kern"]
    options.name_IDs = ["*"]
    options.drop_tables += ["BASE", "GSUB", "STAT", "vhea", "vmtx", "VORG"]
    options.hinting = False
    options.notdef_outline = True
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=[ord(character) for character in characters])
    subsetter.subset(font)
    _rename(font)
    font.flavor = None
    font.save(target)


def _rename(font: Any) -> None:
    """Name the cut font for what it is: the same name as the full font's would hide one behind the other."""
    names = font["name"]
    version = names.getDebugName(5)
    copyright_and_licence = {n: names.getDebugName(n) for n in (0, 13, 14) if names.getDebugName(n)}
    names.names = []
    own = {
        1: CHART_FAMILY,
        2: "Regular",
        3: f"{CHART_FAMILY}, cut from Noto Sans SC {version}",
        4: f"{CHART_FAMILY} Regular",
        5: version,
        6: f"{CHART_FAMILY.replace(' ', '')}-Regular",
        10: "Noto Sans SC cut to the characters of the charts of officials-under-accountability.",
    }
    for name_id, text in sorted((copyright_and_licence | own).items()):
        names.setName(text, name_id, 3, 1, 0x409)


def main(arguments: list[str]) -> int:
    """Cut the font in the file given, tell how it went, return the exit code."""
    if len(arguments) != 1:
        print("usage: python -m analysis.report.charts.cut_font PATH_OF_NOTO_SANS_SC", file=sys.stderr)
        return 2
    try:
        cut(Path(arguments[0]), CHART_FONT, wanted_characters())
    except (ImportError, OSError, ValueError) as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    print(f"{CHART_FONT}: {CHART_FONT.stat().st_size / 1000:.0f} kB")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
