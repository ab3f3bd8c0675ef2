"""An invented city for linkage alone: clean tables with known truth, made at once with numpy.

Families with one to three children, twins (neighbouring numbers, names one character apart), homophones, look-alikes,
traditional forms, changed surnames, blank, truncated, masked, wrong-digit, swapped and guardians' numbers, movers,
double entries, children of other places, class sheets with names only. Independent of the product's demo.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa

from expectations.catalog import TABLES
from expectations.contract import ARROW_TYPES

SURNAMES = "王李张刘陈杨黄赵周吴徐孙马朱胡郭何高林郑谢罗梁宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤单仇解区查"
GIVEN = "子梓浩宇轩涵欣怡诗雨佳俊杰博文思睿嘉艺一诺依晨辰昊天沐宸铭泽芸萱熙雅琪瑶婷静敏慧丽娜强伟磊勇军洋超峰鹏飞明亮华平建国志远成龙凯旋航健康宁安乐心悦然可馨语彤若曦紫桐奕玥珺妍姝婧雯霖霏晓萌蕊菲芳菁荣荷莉蓉薇蓝翔翰耀耘聪胜良芷苗茜茵英范莹营萍落葵蕾虎虹裕豪贝贤赫越跃轶辉达迪逸邦郁金锋锐长阳阴雄霆青韵项风香骏鸣黎"
TRADITIONAL = str.maketrans(
    "张刘陈杨黄赵吴孙马郑谢罗韩冯邓萧叶苏吕卢钟谭陆贾韦邹刚伟华国丽庆轩泽诗语梦静颖龙凤",
    "張劉陳楊黃趙吳孫馬鄭謝羅韓馮鄧蕭葉蘇呂盧鍾譚陸賈韋鄒剛偉華國麗慶軒澤詩語夢靜穎龍鳳",
)
WEIGHTS = np.array([7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2])
MINORITY_A = ["阿卜杜", "买买提", "古丽", "阿依", "努尔", "艾力", "帕提", "热依", "扎西", "卓玛", "次仁", "格桑"]
MINORITY_B = ["吾守尔", "艾合买提", "江", "巴合提", "依明", "玛依拉", "顿珠", "拉姆", "多吉", "措姆"]


def _characters() -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    """Homophones and look-alikes among the characters names are made of, from the reference table's source facts."""
    sound: dict[str, list[str]] = defaultdict(list)
    of: dict[str, str] = {}
    with (Path(__file__).parents[2] / "data" / "reference" / "name_characters.csv").open(encoding="utf-8") as handle:
        for row in csv.DictReader(handle):
            of[row["character"]] = row["sound"]
            if row["character"] in GIVEN:
                sound[row["sound"]].append(row["character"])
    homophones = {c: [o for o in sound[of[c]] if o != c] for c in GIVEN if c in of}
    looks = {"晨": "辰", "辰": "晨", "昊": "吴", "宇": "字", "婷": "停", "妍": "研", "彤": "肜", "萱": "宣", "涵": "函", "莉": "利",
             "轩": "杆", "浩": "皓", "蓉": "容", "瑶": "摇", "睿": "容", "博": "搏", "欣": "昕", "俊": "峻", "铭": "名", "诗": "侍"}  # fmt: skip
    return homophones, {k: [v] for k, v in looks.items()}


@dataclass
class City:
    tables: dict[str, pa.Table]
    child_of: dict[str, int]
    """record_id → the true child."""


def number(region: np.ndarray, birth: np.ndarray, sequence: np.ndarray) -> np.ndarray:
    day = np.datetime_as_string(birth, unit="D")
    text = np.array([f"{r:06d}{d[:4]}{d[5:7]}{d[8:]}{s:03d}" for r, d, s in zip(region, day, sequence, strict=True)])
    digits = np.array([list(t) for t in text], dtype="U1").astype(int)
    check = np.array(list("10X98765432"))[(digits @ WEIGHTS) % 11]
    return np.char.add(text, check)


def make(
    children: int,
    seed: int,
    *,
    no_numbers: bool = False,
    blank: float = 0.03,
    broken: float = 0.02,
    attendance: bool = True,
    evidence: float = 0.9,
    first_district: int = 990101,
) -> City:
    rng = np.random.default_rng(seed)
    homophones, looks = _characters()
    size = rng.choice([1, 2, 3], children, p=[0.62, 0.32, 0.06])
    family = np.repeat(np.arange(children), size)[:children]
    n = children
    twin = np.zeros(n, bool)
    twin[1:] = (family[1:] == family[:-1]) & (rng.random(n - 1) < 0.05)
    birth = (np.datetime64("2011-09-01") + rng.integers(0, 365 * 9, n)).astype("datetime64[D]")
    for i in np.flatnonzero(twin):
        birth[i] = birth[i - 1]
    district = first_district + rng.choice(6, children)
    district = district[family % children]
    male = rng.random(n) < 0.52
    sequence = rng.integers(1, 499, n) * 2 + np.where(male, 1, 0)
    for i in np.flatnonzero(twin):
        sequence[i] = sequence[i - 1] + (1 if male[i] != male[i - 1] else 2)
    sequence %= 1000
    # One city registers few children of one day, so numbers do not collide.
    seen: set[tuple[int, str, int]] = set()
    days = birth.astype(str)
    for i in range(n):
        while (int(district[i]), days[i], int(sequence[i])) in seen:
            sequence[i] = (sequence[i] + 2) % 1000
        seen.add((int(district[i]), days[i], int(sequence[i])))
    ids = number(district, birth, sequence)
    zipf_s = 1 / (np.arange(len(SURNAMES)) + 3)
    zipf_g = 1 / (np.arange(len(GIVEN)) + 6)
    surname = rng.choice(list(SURNAMES), children, p=zipf_s / zipf_s.sum())[family % children]
    first = rng.choice(list(GIVEN), n, p=zipf_g / zipf_g.sum())
    second = np.where(rng.random(n) < 0.1, "", rng.choice(list(GIVEN), n, p=zipf_g / zipf_g.sum()))
    second = np.where(first == second, "", second)
    name = np.char.add(np.char.add(surname.astype("U4"), first), second)
    minority = np.flatnonzero((rng.random(children) < 0.03)[family % children])
    for i in minority:
        name[i] = ""
    name = name.astype("U20")
    for i in minority:
        name[i] = (
            rng.choice(MINORITY_A) + rng.choice(MINORITY_B) + "·" + rng.choice(MINORITY_A) + rng.choice(MINORITY_B)
        )
    for i in np.flatnonzero(twin):
        if len(name[i - 1]) == 3 and rng.random() < 0.7:
            new = rng.choice(list(GIVEN))
            name[i] = name[i - 1][:2] + new
        if name[i] == name[i - 1]:
            name[i] = name[i][:1] + rng.choice(list(GIVEN[40:])) + name[i][2:]
    g_name = np.array(
        [
            rng.choice(list(SURNAMES)) + a + b
            for a, b in zip(rng.choice(list(GIVEN), children), rng.choice(list(GIVEN), children), strict=True)
        ]
    )[family % children]
    g_birth = (np.datetime64("1975-01-01") + rng.integers(0, 365 * 18, children)).astype("datetime64[D]")
    g_id = number(np.full(children, 990199), g_birth, rng.integers(1, 999, children))[family % children]
    phone = np.array([f"139{v:08d}" for v in rng.integers(0, 10**8, children)])[family % children]
    township = np.array(
        [f"{d}{t:03d}" for d, t in zip(district, (1 + rng.integers(0, 12, children))[family % children], strict=True)]
    )
    grade = np.clip(((np.datetime64("2026-08-31") - birth).astype(int) / 365.25).astype(int) - 5, 1, 9)
    per_school = max(2, n // 900)
    school = np.array(
        [
            f"2199{d % 100:02d}{s:04d}"
            for d, s in zip(district, rng.integers(0, max(1, per_school // 6 + 1), n), strict=True)
        ]
    )
    class_no = rng.integers(1, 4, n)

    def wrong(texts: np.ndarray, share: float) -> np.ndarray:
        out = texts.copy()
        for i in np.flatnonzero(rng.random(n) < share):
            t, kind = out[i], rng.random()
            at = rng.integers(1, len(t))
            if "·" in t:
                out[i] = t.replace("·", "") if kind < 0.6 else t[: max(4, len(t) - 3)]
            elif kind < 0.45 and homophones.get(t[at]):
                out[i] = t[:at] + rng.choice(homophones[t[at]]) + t[at + 1 :]
            elif kind < 0.7 and t[at] in looks:
                out[i] = t[:at] + looks[t[at]][0] + t[at + 1 :]
            elif kind < 0.85:
                out[i] = t.translate(TRADITIONAL)
            elif kind < 0.95:
                out[i] = rng.choice(list(SURNAMES)) + t[1:]
            elif len(t) > 2:
                out[i] = t[:at] + rng.choice(list(GIVEN)) + t[at + 1 :]
        return out

    def numbers(which: np.ndarray) -> tuple[list, list, list]:
        values, kinds, prefixes = [], [], []
        draw, kind_draw = rng.random(n), rng.random(n)
        for i in range(n):
            v, k = ids[i], "valid"
            if no_numbers or draw[i] < blank:
                v, k = None, "blank"
            elif draw[i] < blank + broken:
                d = kind_draw[i]
                if d < 0.25:
                    v, k = v[:15] + "000", "truncated"
                elif d < 0.4:
                    v, k = v[:6] + "********" + v[14:], "masked"
                elif d < 0.75:
                    at = rng.integers(0, 17)
                    v, k = v[:at] + str((int(v[at]) + rng.integers(1, 10)) % 10) + v[at + 1 :], "checksum"
                elif d < 0.8:
                    v, k = v[:17], "short17"
                elif d < 0.9:
                    v, k = g_id[i], "guardian"
                else:
                    j = i + 1 if i + 1 < n and family[i + 1] == family[i] else i - 1
                    if j >= 0 and family[j] == family[i]:
                        v = ids[j]
            values.append(None if v is None else str(v))
            kinds.append(k)
            prefixes.append(str(v)[:15] if k in ("valid", "truncated") else str(v)[:6] if k == "masked" else None)
        return values, kinds, prefixes

    def some(values: np.ndarray, share: float) -> list:
        keep = rng.random(n) < share
        return [str(v) if k else None for v, k in zip(values, keep, strict=True)]

    in_registry, in_household = rng.random(n) < 0.97, rng.random(n) < 0.94
    born_r = birth.copy()
    for i in np.flatnonzero(rng.random(n) < 0.004):
        born_r[i] = birth[i] + rng.integers(1, 300)
    child_of: dict[str, int] = {}

    def table(contract: str, rows: np.ndarray, prefix: str, columns: dict) -> pa.Table:
        made = {}
        ids_ = [f"{prefix}{i:09d}" for i in range(len(rows))]
        child_of.update(zip(ids_, (int(r) for r in rows), strict=True))
        for c in TABLES[contract].columns:
            if c.name == "record_id":
                values = ids_
            elif c.name in columns:
                source = columns[c.name]
                values = [source[r] for r in rows] if len(source) == n else list(source)
            else:
                values = [
                    {
                        "period": "2026-09",
                        "delivery_id": prefix,
                        "sheet": "s",
                        "row_no": 1,
                        "month": "2026-09",
                        "marks": "P" * 31,
                    }.get(c.name)
                    if c.required
                    else None
                ] * len(rows)
            made[c.name] = pa.array([None if v is None else v for v in values], ARROW_TYPES[c.type])
        return pa.table(made)

    rn, rk, rp = numbers(ids)
    hn, hk, hp = numbers(ids)
    common = {"district_code": [str(d) for d in district], "sex": ["男" if m else "女" for m in male]}
    r_name = wrong(name, 0.02)
    roll = np.flatnonzero(in_registry)
    twice = rng.choice(roll, len(roll) // 200, replace=False)
    registry = {**common, "name": [str(v) for v in r_name], "id_number": rn, "id_kind": rk, "id_prefix": rp,
                "birth_date": [d.item() for d in born_r], "grade": [int(g) for g in grade], "class_no": [int(c) for c in class_no],
                "school_code": [str(s) for s in school], "school_name": [str(s) for s in school], "township_code": some(township, 0.7),
                "guardian1_name": some(g_name, evidence), "guardian1_id_number": some(g_id, evidence * 0.5), "phone": some(phone, evidence * 0.8),
                "status": ["在读"] * n}  # fmt: skip
    again = {
        **registry,
        "school_code": [str(s) for s in np.roll(school, 77)],
        "class_no": [int(c) for c in rng.integers(4, 7, n)],
    }
    rows_r = pa.concat_tables(
        [table("registry_pupils", roll, "r1-", registry), table("registry_pupils", twice, "r2-", again)]
    )
    house = np.flatnonzero(in_household)
    h_name = wrong(name, 0.004)
    household = {**common, "name": [str(v) for v in h_name], "id_number": hn, "id_kind": hk, "id_prefix": hp,
                 "birth_date": [d.item() for d in birth], "township_code": [str(t) for t in township], "household_no": [f"h{f}" for f in family],
                 "guardian1_name": some(g_name, evidence), "guardian1_id_number": some(g_id, evidence), "phone": some(phone, evidence * 0.6)}  # fmt: skip
    moved = rng.choice(house, len(house) // 300, replace=False)
    rows_h = pa.concat_tables([
        table("household_children", house, "h1-", household),
        table("household_children", moved, "h2-", {**household, "left_on": [np.datetime64("2025-05-05").item()] * n,
                                                     "household_no": [f"k{f}" for f in family], "township_code": [str(t) for t in np.roll(township, 5)]}),
    ])  # fmt: skip
    tables = {"registry_pupils": rows_r, "household_children": rows_h}
    if attendance:
        there = np.flatnonzero(rng.random(n) < 0.98)
        a_name = wrong(name, 0.01)
        moved_class = rng.random(n) < 0.002
        elsewhere = rng.random(n) < 0.003
        a_school = np.where(elsewhere, np.roll(school, 31), school)
        a_class = np.where(moved_class, class_no % 3 + 1, class_no)
        tables["attendance_pupils"] = table("attendance_pupils", there, "a1-", {
            "district_code": [str(d) for d in district], "name": [str(v) for v in a_name],
            "school_code": [str(s) for s in a_school], "grade": [int(g) for g in grade], "class_no": [int(c) for c in a_class], "id_kind": ["blank"] * n,
        })  # fmt: skip
    few = rng.choice(n, n // 50, replace=False)
    tables["priority_children"] = table("priority_children", few, "p1-", {
        **common, "name": [str(v) for v in wrong(name, 0.01)], "id_number": [v if rng.random() < 0.6 else None for v in rn], "id_kind": rk,
        "birth_date": [d.item() if rng.random() < 0.8 else None for d in birth], "guardian1_name": some(g_name, 0.7), "phone": some(phone, 0.5),
    })  # fmt: skip
    kinds = tables["priority_children"]
    fixed = [
        "blank" if v is None else k
        for v, k in zip(kinds["id_number"].to_pylist(), kinds["id_kind"].to_pylist(), strict=True)
    ]
    tables["priority_children"] = kinds.set_column(kinds.schema.get_field_index("id_kind"), "id_kind", pa.array(fixed))
    return City(tables, child_of)
