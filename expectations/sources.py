"""The kinds of delivery an office can hand in, each named once."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Source:
    """One kind of delivery: its folder names, the table its accepted rows reach, and who hands it in."""

    name: str
    chinese: str
    table: str
    delivered_by: str

    @property
    def rows(self) -> str:
        """The table of its rows as text, before interpretation."""
        return f"{self.name}_rows"

    @property
    def read(self) -> str:
        """The table of its rows interpreted, raw text still beside each value."""
        return f"{self.name}_read"


SOURCES: tuple[Source, ...] = (
    Source("registry", "学籍", "registry_pupils", "学校"),
    Source("attendance", "考勤", "attendance_pupils", "学校"),
    Source("household", "户籍", "household_children", "公安派出所"),
    Source("vocational", "中职", "vocational_pupils", "中等职业学校"),
    Source("exempt", "豁免", "exempt_children", "县级教育行政部门"),
    Source("priority", "重点群体", "priority_children", "民政、乡村振兴、残联等部门"),
    Source("answers", "核实反馈", "answers", "核实单位"),
)

BY_NAME: dict[str, Source] = {source.name: source for source in SOURCES}
BY_FOLDER: dict[str, Source] = BY_NAME | {source.chinese: source for source in SOURCES}
