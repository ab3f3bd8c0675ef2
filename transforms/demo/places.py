"""The invented city's districts, townships and schools, under division codes of a region nobody was assigned."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from transforms.demo.rates import OTHER_DISTRICT, OTHER_TOWNSHIP


def words(text: str) -> list[str]:
    """The words of a list written as one text."""
    return text.split()


CITY = "云泽市"
_DISTRICTS = words("清溪区 东岭区 望湖区 南浦县 石泉县 长岗县 白沙区 临河区 北坪县 青原县 龙潭区 松阳县")
_PLACES = words(
    "清河 东升 石桥 大营 柳林 红旗 新民 双井 桃园 北关 南湖 西山 马家 龙泉 青石 永安 胜利 和平 白塔 三道沟 高台 杨树 前进 兴隆 "
    "太平 沙河 小店 古城 凤凰 临江 金山 银河 平安 万福 团结 八里 花园 七里 黄土 榆树"
)
_VILLAGES = words("东 西 南 北 前 后 上 下 大 小")
_HAMLETS = words("王家庄 李家村 河湾 石门 柳树沟 枣园 坝上 槐树 水磨 新村 泉眼 岭下")
OUTSIDE_REGIONS = tuple(990200 + 100 * n + k for n in range(28) for k in (1, 2, 21))
"""Counties outside the city, equally unassigned: where 随迁 families are registered."""

Positions = npt.NDArray[np.int64]
PRIMARY, JUNIOR, NINE_YEAR = "primary", "junior", "nine_year"


@dataclass(frozen=True)
class Places:
    """Where everybody lives and learns; rows are referred to by position."""

    districts: pd.DataFrame  # district_code, district_name
    townships: pd.DataFrame  # township_code, township_name, district
    schools: pd.DataFrame  # school_code, school_name, kind, township, district, weight
    vocational: pd.DataFrame  # school_code, school_name, district


def invent_places(children: int, rng: np.random.Generator) -> Places:
    """A city for about ``children`` children aged five to seventeen: a township for every 1,300 of them."""
    number = int(np.clip(1 + round(children / 9000), 2, len(_DISTRICTS)))
    districts = pd.DataFrame(
        {"district_code": [f"9901{n:02d}" for n in range(1, number + 1)], "district_name": _DISTRICTS[:number]}
    )
    per_district = int(np.clip(round(children / number / 1300), 2, 900))
    townships = []
    for district, code in enumerate(districts["district_code"]):
        order = rng.permutation(len(_PLACES))
        for n in range(per_district):
            street = n % 4 == 0
            place = _PLACES[order[n % len(_PLACES)]] + ("" if n < len(_PLACES) else _VILLAGES[n // len(_PLACES) % 10])
            ending = "街道" if street else "镇" if n % 4 < 3 else "乡"
            number_in = n // 4 + 1 if street else 100 + n
            townships.append((f"{code}{number_in:03d}", place + ending, district))
    frame = pd.DataFrame(townships, columns=["township_code", "township_name", "district"])
    schools = _schools(frame, districts, children / len(frame), rng)
    vocational = pd.DataFrame(
        {
            "school_code": [f"3699{n + 1:06d}" for n in range(number)],
            "school_name": [f"{CITY}{name.rstrip('区县')}职业技术学校" for name in districts["district_name"]],
            "district": range(number),
        }
    )
    return Places(districts, frame, schools, vocational)


def _schools(townships: pd.DataFrame, districts: pd.DataFrame, each: float, rng: np.random.Generator) -> pd.DataFrame:
    """Two to four primary schools and one or two junior highs a township; now and then a nine-year school."""
    rows: list[tuple[str, str, int, int, float]] = []
    counted: dict[tuple[int, str], int] = {}
    for at, (name, district) in enumerate(zip(townships["township_name"], townships["district"], strict=True)):
        where = str(districts["district_name"][district])
        town = name.endswith("街道")
        short = name.removesuffix("街道").removesuffix("镇").removesuffix("乡")
        primaries = int(np.clip(round(each * 0.55 / 330), 1, 4))
        for n in range(primaries):
            kind = NINE_YEAR if n == 1 and rng.random() < 0.3 else PRIMARY
            if kind == NINE_YEAR:
                title = f"{where}{short}九年一贯制学校"
            elif town:
                title = f"{where}第{_count(counted, district, '小学')}小学" if n else f"{where}{short}小学"
            else:
                hamlet = _HAMLETS[(at * 5 + n) % len(_HAMLETS)]
                title = f"{where}{name}{hamlet}小学" if n else f"{where}{name}中心小学"
            rows.append((title, kind, at, district, (2.0 if n == 0 else 1.0) * float(rng.uniform(0.5, 1.5))))
        for n in range(2 if each > 1000 and rng.random() < 0.3 else 1):
            if town:
                title = f"{where}第{_count(counted, district, '中学')}中学"
            else:
                title = f"{where}{name}第二初级中学" if n else f"{where}{name}初级中学"
            rows.append((title, JUNIOR, at, district, float(rng.uniform(0.6, 1.4))))
    schools = pd.DataFrame(rows, columns=["school_name", "kind", "township", "district", "weight"])
    category = np.where(schools["kind"] == PRIMARY, "2199", "3199")
    schools["school_code"] = [f"{c}{100000 + 7 * n:06d}" for n, c in enumerate(category)]
    return schools


_NUMERALS = "一二三四五六七八九十"


def chinese_number(number: int) -> str:
    """1–99 in Chinese numerals."""
    if number <= 10:
        return _NUMERALS[number - 1]
    tens, ones = divmod(number, 10)
    return ("" if tens == 1 else _NUMERALS[tens - 1]) + "十" + (_NUMERALS[ones - 1] if ones else "")


def _count(counted: dict[tuple[int, str], int], district: int, kind: str) -> str:
    counted[district, kind] = counted.get((district, kind), 0) + 1
    number = counted[district, kind]
    return chinese_number(number) if number < 100 else str(number)


def village(township: int, number: int) -> str:
    """The name of a township's ``number``-th village."""
    return f"{_HAMLETS[(township + number) % len(_HAMLETS)].removesuffix('村')}村"


def places_of(places: Places, stage: str, rng: np.random.Generator, home: Positions) -> Positions:
    """A school of ``stage`` for each child of township ``home``: mostly in it, sometimes elsewhere (see rates)."""
    wanted = places.schools["kind"].isin((stage, NINE_YEAR)).to_numpy()
    at = np.flatnonzero(wanted)
    township = places.schools["township"].to_numpy()[at]
    weight = places.schools["weight"].to_numpy()[at]
    total = len(places.townships)
    district = places.townships["district"].to_numpy()
    drawn = rng.random(len(home))
    anywhere = rng.integers(0, total, len(home))
    per = total // len(places.districts)
    nearby = district[home] * per + rng.integers(0, per, len(home))
    goes = np.where(drawn < OTHER_DISTRICT, anywhere, np.where(drawn < OTHER_DISTRICT + OTHER_TOWNSHIP, nearby, home))
    order = np.argsort(township, kind="stable")
    at, township, cumulated = at[order], township[order], np.cumsum(weight[order])
    first = np.searchsorted(township, np.arange(total), "left")
    last = np.searchsorted(township, np.arange(total), "right") - 1
    low = np.where(first > 0, cumulated[first - 1], 0.0)
    point = low[goes] + rng.random(len(home)) * (cumulated[last] - low)[goes]
    chosen = np.minimum(np.searchsorted(cumulated, point, "right"), last[goes])
    schools: Positions = at[chosen]
    return schools
