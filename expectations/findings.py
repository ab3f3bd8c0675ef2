"""The nine findings, each declared once: code, wording, who acts on it, how urgent it is, and what it needs to be judged.

Rules stand in ``sql/finding/<code>.sql``; every list, indicator and heading takes its wording and its order from here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Office = Literal["school", "township", "bureau", "police"]


@dataclass(frozen=True)
class Finding:
    """One kind of finding.

    ``office`` is who has to act. ``order`` puts findings on lists, the most urgent first. ``needs`` are the sources a
    district must have handed in for the finding to mean anything: without them it is off there, never empty by
    accident. ``matter`` joins findings that one answer settles together; ``changed_by`` are the sources whose
    record could still undo the finding while a possible link to it waits for people.
    """

    code: str
    chinese: str
    meaning: str
    office: Office
    order: int
    needs: tuple[str, ...]
    matter: str
    changed_by: tuple[str, ...] = ()


_SCHOOLING = ("registry", "attendance", "vocational", "exempt")

FINDINGS: tuple[Finding, ...] = (
    Finding(
        "suspected_dropout", "疑似辍学", "在籍不在校且未发现任何就读迹象，也没有合法原因；或未完成义务教育而从学籍中消失",
        "township", 1, ("registry",), "absence", _SCHOOLING,
    ),
    Finding(
        "not_enrolled", "适龄未入学", "户籍登记的适龄儿童，没有学籍、未在任何学校就读、没有免缓学批准",
        "township", 2, ("registry", "household"), "absence", _SCHOOLING,
    ),
    Finding(
        "absent_from_school", "在籍不在校", "有在读学籍而未在本校就读，没有已知的合法原因",
        "school", 3, ("registry", "attendance"), "absence", _SCHOOLING,
    ),
    Finding(
        "dropout_risk", "有辍学倾向", "在校就读，但无故缺课达到预警标准", "school", 4, ("registry", "attendance"), "dropout_risk",
    ),
    Finding(
        "attends_elsewhere", "人籍分离", "学籍在一所学校，人在另一所学校就读",
        "school", 5, ("registry", "attendance"), "attends_elsewhere",
    ),
    Finding(
        "attends_unregistered", "在校不在籍", "在校就读而没有学籍",
        "school", 6, ("registry", "attendance"), "attends_unregistered", ("registry",),
    ),
    Finding(
        "duplicate_registration", "重复学籍", "同一儿童有两份在册学籍", "bureau", 7, ("registry",), "duplicate_registration",
    ),
    Finding(
        "identity_mismatch", "身份信息有误", "同一儿童的学籍与户籍在姓名、性别、出生日期或身份证号上不一致",
        "police", 8, ("registry", "household"), "identity_mismatch",
    ),
    Finding(
        "missing_id_number", "无身份证号", "学籍中没有可用的身份证号，或户籍中没有身份证号",
        "police", 9, ("registry",), "missing_id_number",
    ),
)  # fmt: skip

BY_CODE: dict[str, Finding] = {finding.code: finding for finding in FINDINGS}
