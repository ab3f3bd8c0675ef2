"""Names as parents give them and as clerks mistype them.

Frequencies follow what is public of recent cohorts: surnames steeply skewed, a few dozen given names very common
(沐宸, 梓涵 …), the rest put together from favourite characters; one in twelve with a single given character.
"""

from __future__ import annotations

from collections import defaultdict

import numpy as np
import numpy.typing as npt

from transforms.demo.numbers import Texts
from transforms.demo.places import words

SURNAMES = words(
    "王 李 张 刘 陈 杨 赵 黄 周 吴 徐 孙 胡 朱 高 林 何 郭 马 罗 梁 宋 郑 谢 韩 唐 冯 于 董 萧 程 曹 袁 邓 许 傅 沈 曾 彭 "
    "吕 苏 卢 蒋 蔡 贾 丁 魏 薛 叶 阎 余 潘 杜 戴 夏 钟 汪 田 任 姜 范 方 石 姚 谭 廖 邹 熊 金 陆 郝 孔 白 崔 康 毛 邱 秦 江 "
    "史 顾 侯 邵 孟 龙 万 段 雷 钱 汤 尹 黎 易 常 武 乔 贺 赖 龚 文 欧阳 单 仇 解 区 上官 司马 诸葛 皇甫 尉迟 令狐 慕容 翟 冼"
)
_BOYS_POPULAR = words(
    "沐宸 浩宇 沐辰 茗泽 奕辰 宇泽 浩然 奕泽 宇轩 沐阳 子轩 宇航 皓轩 子墨 一诺 俊熙 梓轩 浩轩 铭泽 睿泽 博文 子涵 梓睿 宇辰 "
    "亦辰 泽宇 皓宇 星宇 瑾瑜 嘉懿 煜城 懿轩 烨伟 苑博 伟泽 熠彤 鸿煊 博涛 烨霖 烨华 明杰 俊杰 天翔 子豪 志远 文博 家豪 思远 一鸣"
)
_GIRLS_POPULAR = words(
    "若汐 一诺 艺涵 依诺 梓涵 苡沫 雨桐 欣怡 语桐 语汐 子涵 梓萱 诗涵 可馨 欣妍 梓琪 思涵 雨欣 佳怡 雨萱 诗琪 语嫣 婉婷 梦瑶 "
    "若曦 紫涵 雅琪 静怡 思琪 佳琪 雨涵 欣悦 心怡 梓彤 可欣 子萱 梦琪 晨曦 艺馨 奕涵 沐瑶 书瑶 诗雅 语晨 嘉怡 美琪 芷若 忆雪 慕青"
)
_BOYS_FIRST = "子宇浩俊泽文博嘉家志明天睿梓一沐奕皓铭思晨凯海国建永伟承星景霖瑞鹏辰乐旭启立云逸正修德"
_BOYS_LAST = "轩宇泽辰杰豪阳然涵文博航宸鑫洋峰涛磊龙鹏飞强军伟斌亮辉林超勇刚东翔凯霖源恒毅煜哲远诚明鸣越安"
_GIRLS_FIRST = "子梓雨欣佳诗思梦若语可艺一雅静婉晨美心依紫嘉芷书忆慕清玉春秀晓丽海淑月云沐妍彤"
_GIRLS_LAST = "涵萱怡琪彤欣瑶馨婷悦妍桐诺雅萌雪颖静雯琳玲敏娜莉倩莹洁芳燕霞丽梅兰英娟慧汐晴宁嫣柔"
_RARE = "喆犇淼玥翀赟昉彧頔烜珺晔㛃䶮堃骉旻祎禛韡"
_MEN = words(
    "建国 志强 伟 军 勇 磊 涛 强 斌 鹏 超 杰 刚 明 辉 海涛 建军 国强 永刚 文涛 春生 大勇 立新 德华 宏伟 晓东 小龙 振华 卫东 建华"
)
_WOMEN = words(
    "丽 芳 娜 敏 静 秀英 艳 娟 霞 燕 玲 桂英 丽娟 海燕 晓红 春梅 红梅 玉兰 秀兰 建英 丽华 小红 雪梅 文静 亚楠 婷婷 晶晶 慧敏 倩 莹"
)
_UYGHUR = words(
    "买买提 艾力 吐尔逊 阿卜杜拉 伊力亚斯 热依汗 古丽娜尔 阿依古丽 帕提古丽 迪丽拜尔 麦麦提江 玉素甫 克里木 凯迪日耶 穆萨 依米提"
)
_KAZAKH = words("叶尔兰 阿依波力 努尔兰 别克 赛力克 古丽扎提 哈那提 加娜尔 巴合提 叶斯波力")
_TIBETAN = words("扎西 卓玛 次仁 平措 格桑 洛桑 德吉 丹增 巴桑 索朗 央金 多吉 旺堆 曲珍 尼玛 白玛 罗布 拉姆 仁青 益西")
_YI_CLANS = words("阿苦 吉克 沙马 马海 俄木 阿的 吉伍 勒格 曲比 罗洪")
_YI = words("拉则 日西 木呷 阿依 尔布 伍呷 金曲 子牛 小芳 阿牛 里布 约布 石一 古洛")
ETHNICITIES = ("维吾尔族", "哈萨克族", "藏族", "彝族", "回族", "蒙古族")

SAME_SOUND: tuple[str, ...] = (
    "梓子紫姿滋", "轩宣萱", "涵函晗含寒", "宇雨语羽屿予禹煜玉钰", "浩昊皓灏", "然燃", "欣新馨鑫心歆", "怡宜依伊一艺奕毅逸亦懿",
    "博波", "思斯丝", "诗时石世", "晨辰宸", "佳嘉家加", "琪奇琦祺淇棋", "雅亚", "俊峻骏君军珺", "杰洁婕捷", "明鸣铭茗", "悦月玥岳越",
    "瑶遥尧", "静婧靖敬景璟", "芳方", "文雯闻", "丽莉立力利黎", "玲灵凌铃", "伟维炜玮薇威", "辉晖慧惠蕙", "婷亭庭廷霆", "萍平",
    "红宏鸿弘泓洪", "燕艳彦妍言研岩嫣", "娟涓", "梅美", "英颖瑛盈莹影", "建健剑", "志智致芷之", "飞菲斐", "勇咏永泳", "涛桃",
    "成诚城承", "磊蕾雷", "洋阳扬杨", "林琳霖临", "斌彬", "峰锋丰枫", "东冬栋", "旭绪", "航杭", "睿瑞锐蕊", "哲喆", "天添恬甜",
    "可珂科柯", "沐木慕牧穆", "桐同彤童", "祥翔香", "源元媛圆远", "清青卿", "宁凝", "希熙曦溪汐", "星兴", "淑舒书", "珍真贞",
    "兰岚澜蓝", "秀修", "桂贵", "云芸昀", "张章", "王汪", "刘柳", "徐许", "何贺", "余于俞", "吴武伍", "江姜蒋", "凯恺", "豪毫",
)  # fmt: skip
SAME_SHAPE: tuple[str, ...] = (
    "晨辰", "昊吴", "宇字", "末未", "杨扬", "泽译", "萱宣", "涵函", "博搏", "俊峻骏", "婷停", "玲铃", "梓辛", "佳住", "怡恰", "昕听",
    "妍研", "沐沭", "彤丹", "钰玉", "晗含", "豪毫", "天夫", "雨两", "乐东", "然燃", "诺若", "轩轻", "皓浩", "晴睛", "清情", "菲非",
    "芸云", "莉利", "娜那", "婧静", "媛援", "悦说", "文交", "思恩", "琪淇祺", "明朋", "航杭", "铭名", "欣掀", "瑶摇",
    "馨声", "嘉喜", "霖霜", "林材", "萌萠", "诗持", "语话", "子予", "一二", "可司", "雅稚", "睿叡", "宸晨", "阳阴", "翔羽",
)  # fmt: skip


def _zipf(rng: np.random.Generator, values: list[str] | str, size: int, power: float, shift: float) -> Texts:
    """A skewed draw: the n-th value comes up in proportion to (n + shift)^-power."""
    share = (np.arange(len(values)) + shift) ** -power
    drawn: Texts = np.array(list(values), object)[rng.choice(len(values), size, p=share / share.sum())]
    return drawn


def surnames(rng: np.random.Generator, size: int) -> Texts:
    """Surnames, the commonest about one in twelve."""
    return _zipf(rng, SURNAMES, size, 0.9, 3.0)


def given_names(rng: np.random.Generator, male: npt.NDArray[np.bool_]) -> Texts:
    """Given names of children by sex."""
    size = len(male)
    first = np.where(male, _zipf(rng, _BOYS_FIRST, size, 0.5, 2), _zipf(rng, _GIRLS_FIRST, size, 0.5, 2))
    last = last_characters(rng, male)
    popular = np.where(
        male, _zipf(rng, _BOYS_POPULAR, size, 0.8, 2), _zipf(rng, _GIRLS_POPULAR, size, 0.8, 2)
    )  # fmt: skip
    kind = rng.random(size)
    names = np.where(kind < 0.10, popular, np.where(kind < 0.18, last, first + last))
    rare = kind > 0.992
    names[rare] = first[rare] + _zipf(rng, _RARE, int(rare.sum()), 0.3, 1)
    return names


def last_characters(rng: np.random.Generator, male: npt.NDArray[np.bool_]) -> Texts:
    """Second characters of a given name by sex."""
    size = len(male)
    drawn: Texts = np.where(male, _zipf(rng, _BOYS_LAST, size, 0.4, 3), _zipf(rng, _GIRLS_LAST, size, 0.4, 3))
    return drawn


def grown_up_names(rng: np.random.Generator, male: npt.NDArray[np.bool_]) -> Texts:
    """Given names of the parents' generation."""
    size = len(male)
    drawn: Texts = np.where(male, _zipf(rng, _MEN, size, 0.5, 2), _zipf(rng, _WOMEN, size, 0.5, 2))
    return drawn


def minority_names(rng: np.random.Generator, ethnicity: Texts) -> Texts:
    """Whole names of peoples who write them otherwise: a given name, a dot, the father's name; or no dot at all."""
    size = len(ethnicity)
    first, second = _zipf(rng, _UYGHUR, size, 0.2, 1), _zipf(rng, _UYGHUR[::-1], size, 0.2, 1)
    kazakh, father = _zipf(rng, _KAZAKH, size, 0.2, 1), _zipf(rng, _KAZAKH[::-1], size, 0.2, 1)
    drawn: Texts = np.select(
        [ethnicity == "维吾尔族", ethnicity == "哈萨克族", ethnicity == "藏族"],
        [
            first + "·" + second,
            kazakh + "·" + father,
            _zipf(rng, _TIBETAN, size, 0.2, 1) + _zipf(rng, _TIBETAN[::-1], size, 0.2, 1),
        ],
        _zipf(rng, _YI_CLANS, size, 0.2, 1) + "·" + _zipf(rng, _YI, size, 0.2, 1),
    )
    return drawn


def _confusions(groups: tuple[str, ...]) -> dict[str, str]:
    others: dict[str, str] = defaultdict(str)
    for group in groups:
        for character in group:
            others[character] += group.replace(character, "")
    return dict(others)


_BY_SOUND, _BY_SHAPE = _confusions(SAME_SOUND), _confusions(SAME_SHAPE)


def mistyped(name: str, how: str, rng: np.random.Generator) -> str:
    """The name with one character taken for another of the same ``how``: sound or shape.

    Given characters are mistyped before surnames; a name without any such character comes back as it was.
    """
    confusions = _BY_SOUND if how == "sound" else _BY_SHAPE
    places = [at for at in range(1, len(name)) if name[at] in confusions]
    if not places and name[:1] in confusions:
        places = [0]
    if not places:
        return name
    at = places[int(rng.integers(len(places)))]
    return name[:at] + str(rng.choice(list(confusions[name[at]]))) + name[at + 1 :]
