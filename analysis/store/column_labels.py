"""What the columns of stored tables are, in words, for files that other programs read: labels and units."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

import pyarrow as pa

from model.catalogue import Language, labels
from model.measures import MEASURES, about_measure
from model.parameters import about, parameter_paths
from model.state import OfficialState


class ColumnLabel(NamedTuple):
    """What a column is, in both languages, and its unit; empty if it has none."""

    en: str
    zh: str
    unit: str = ""

    def text(self, language: Language) -> str:
        """Return what the column is in a language."""
        return self.zh if language == "zh" else self.en

    def unit_in(self, language: Language) -> str:
        """Return the unit in a language; empty if the column has none."""
        return labels(language).texts.get(f"units.{self.unit}", self.unit)


_OF_SUMS = "_of_sums"
_KEYS: Mapping[str, ColumnLabel] = MappingProxyType(
    {
        "id": ColumnLabel("Id of the run", "运行编号"),
        "point": ColumnLabel("Number of the point of the design, from 0", "设计点序号，从 0 起"),
        "replication": ColumnLabel("Number of the replication, from 0", "重复序号，从 0 起"),
        "seed": ColumnLabel("Seed of all draws", "随机种子"),
        "run": ColumnLabel("Number of the run: the same number has the same luck", "运行序号：同号运行随机因素相同"),
        "status": ColumnLabel("How the run ended", "运行结果状态"),
        "message": ColumnLabel("Why the run gave no numbers", "运行没有数值的原因"),
        "scenario": ColumnLabel("Scenario", "情景"),
        "reference": ColumnLabel("Scenario that it is compared with", "对照情景"),
        "month": ColumnLabel("Month, from 0", "月份，从 0 起", "months"),
        "jurisdiction": ColumnLabel("Jurisdiction; all is all of them together", "辖区；all 为全部辖区合计"),
        "measure": ColumnLabel("Measure", "指标"),
        "baseline_mean": ColumnLabel("Mean of the reference over the pairs", "对照情景在各对运行上的均值"),
        "reference_mean": ColumnLabel("Mean of the base scenario over the pairs", "基础情景在各对运行上的均值"),
        "mean": ColumnLabel("Mean over the pairs", "各对运行上的均值"),
        "difference": ColumnLabel("Mean difference within runs", "同一运行内差值的均值"),
        "low": ColumnLabel("Lower end of the 95% interval of the difference", "差值 95% 区间下限"),
        "high": ColumnLabel("Upper end of the 95% interval of the difference", "差值 95% 区间上限"),
        "n": ColumnLabel("Number of pairs", "对数"),
        "is_paired": ColumnLabel("Whether runs are paired", "是否配对"),
        "p": ColumnLabel("Two-sided p value of no difference (Student's t)", "无差异的双侧 p 值（t 检验）"),
        "p_adjusted": ColumnLabel("p value adjusted for many comparisons", "多重比较校正后的 p 值"),
        "severity": ColumnLabel("Severity of accountability at the point", "该点的问责轻重"),
        "exemption": ColumnLabel("Exemption rate at the point", "该点的免责率"),
        "official": ColumnLabel("Post of the official, from 0", "职位序号，从 0 起"),
        "generation": ColumnLabel("How many held the post before", "此前任职者人数"),
        "action": ColumnLabel("What the holder did during the month", "当月行为"),
        "outcome": ColumnLabel("How it turned out", "当月结果"),
        "invented": ColumnLabel("The data behind the scenario are invented", "情景所据数据为虚构"),
        "size.officials": ColumnLabel("Number of officials", "干部人数"),
        "size.jurisdictions": ColumnLabel("Number of jurisdictions", "辖区数量"),
    }
)


def column_labels(names: Sequence[str]) -> dict[str, ColumnLabel]:
    """Return what each column is; its own name where nothing more is known of it."""
    return {name: column_label(name) for name in names}


def column_label(name: str) -> ColumnLabel:
    """Return what a column is."""
    if name in _KEYS:
        return _KEYS[name]
    if name in MEASURES:
        return _from_catalogue(f"measures.{name}.label", about_measure(name).unit)
    if name.endswith(_OF_SUMS) and name.removesuffix(_OF_SUMS) in MEASURES:
        one = column_label(name.removesuffix(_OF_SUMS))
        return ColumnLabel(f"{one.en}: ratio of sums over the window", f"{one.zh}：窗口内合计之比", one.unit)
    if name in parameter_paths():
        return _from_catalogue(f"parameters.{name}.label", about(name).unit)
    if name in OfficialState._fields and f"official.{name}" in labels("en").texts:
        return _from_catalogue(f"official.{name}", "")
    return ColumnLabel(name, name)


def labelled(schema: pa.Schema) -> pa.Schema:
    """Return the schema of a table with label, unit and Chinese label of every column in its metadata."""
    fields = []
    for field in schema:
        known = column_label(field.name)
        texts = {"label": known.en, "label_zh": known.zh, "unit": known.unit}
        fields.append(field.with_metadata({key: text for key, text in texts.items() if text}))
    return pa.schema(fields, schema.metadata)


def _from_catalogue(path: str, unit: str) -> ColumnLabel:
    return ColumnLabel(labels("en").text(path), labels("zh").text(path), unit)
