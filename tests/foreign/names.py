"""Invented names, and the ways in which people who type them get them wrong."""

from random import Random

SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石"
    "姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文单仇解区查覃"
)
DOUBLE_SURNAMES = ("欧阳", "上官", "司徒", "诸葛", "皇甫", "令狐")
BOYS = "浩宇轩子俊杰博文涛志明伟强建国军磊鹏飞辰宸睿泽昊天佑铭晨阳凯瑞嘉豪翔旭东海峰健康乐安一诺承恩启航家乐景行思远"
GIRLS = "欣怡梓涵诗雨紫萱可馨佳琪婷静雅慧丽芳雪玲娜敏颖倩琳瑶悦彤语晴若曦心妍思梦舒然依诺美婉莹艺菲晓桐一涵玥祺"
POPULAR = {
    1: ("沐宸", "浩宇", "子轩", "宇轩", "梓豪", "浩然", "一诺", "俊熙", "奕辰", "宇泽"),
    2: ("梓涵", "欣怡", "诗涵", "一诺", "可馨", "梓萱", "雨桐", "若汐", "依诺", "语桐"),
}
HOMOPHONES = [
    "梓紫子",
    "涵晗含函",
    "轩萱宣",
    "宇雨羽语",
    "浩皓昊",
    "晨辰宸",
    "佳嘉家",
    "怡宜仪",
    "欣新馨鑫",
    "博搏",
    "睿瑞锐",
    "俊峻骏",
    "婷亭庭",
    "诗施师",
    "琪琦淇祺",
    "玲铃灵",
    "志智",
    "文雯",
    "明铭鸣",
    "伟玮炜",
    "洋阳扬杨",
    "静靖敬",
    "慧惠会",
    "丽莉力",
    "芳方",
    "敏民",
    "颖影",
    "琳林霖",
    "瑶遥谣",
    "悦月玥",
    "彤童桐",
    "晴情清",
    "曦熙希汐",
    "妍言岩",
    "泽则",
    "凯楷",
    "翔祥详",
    "旭序",
    "峰锋枫",
    "健建",
    "航杭",
    "豪毫",
    "思斯",
    "远源",
    "艺一依亿",
    "菲飞",
    "娜那",
    "雅亚",
    "雪学",
    "强墙",
    "国果",
    "军君钧",
    "鹏朋",
    "承成诚",
    "恩嗯",
    "启起",
    "沐木牧",
    "奕毅易",
    "美梅",
    "舒书",
    "然燃",
    "莹盈",
    "佑右",
    "天添",
    "杰节",
]
SHAPES = [
    "晨辰",
    "昊吴",
    "宇字",
    "天夫",
    "未末",
    "土士",
    "己已",
    "睿壑",
    "祺棋",
    "玥钥",
    "瑶遥",
    "炎焱",
    "佑估",
    "茗若",
    "婷停",
    "昕听",
    "泽译",
    "浩活",
    "涛淘",
    "磊累",
    "佳住",
    "怡治",
    "彤肜",
    "悦锐",
    "欣砍",
    "静净",
    "敏繁",
    "萱董",
    "轩轮",
    "梓样",
    "伟纬",
    "志忘",
    "凯剀",
    "雪雷",
    "琳淋",
    "诗持",
    "慧彗",
    "菲韭",
    "晓哓",
    "铭洛",
    "俊俟",
    "明朋",
    "文丈",
    "美羡",
    "家豪",
    "若苦",
    "海侮",
    "康庸",
]
TRADITIONAL = dict(
    zip(
        "张刘陈杨赵黄吴孙马罗梁谢韩冯萧邓许蒋贾叶阎谭邹陆龙万钱汤贺龚轩俊杰伟强国军飞泽铭凯东诗紫萱静丽梦艺语莹荣华钟",
        "張劉陳楊趙黃吳孫馬羅梁謝韓馮蕭鄧許蔣賈葉閻譚鄒陸龍萬錢湯賀龔軒俊傑偉強國軍飛澤銘凱東詩紫萱靜麗夢藝語瑩榮華鍾",
        strict=False,
    )
)
MINORITY = (
    "买买提",
    "阿卜杜拉",
    "古丽娜尔",
    "迪丽热巴",
    "艾力",
    "吐尔逊",
    "阿依古丽",
    "努尔兰",
    "叶尔肯",
    "热依汗",
    "木拉提",
    "帕提古丽",
    "伊力亚斯",
    "阿迪力",
)
DOTS = "·•・‧∙⋅．.●"


def _alike(groups: list[str] | tuple[str, ...]) -> dict[str, str]:
    found: dict[str, str] = {}
    for group in groups:
        for sign in group:
            found[sign] = found.get(sign, "") + group.replace(sign, "")
    return found


SOUND, SHAPE = _alike(HOMOPHONES), _alike(SHAPES)


def surname(rng: Random) -> str:
    return rng.choice(DOUBLE_SURNAMES) if rng.random() < 0.006 else SURNAMES[int(len(SURNAMES) * rng.random() ** 2)]


def given(rng: Random, sex: int) -> str:
    if rng.random() < 0.08:
        return rng.choice(POPULAR[sex])
    pool = BOYS if sex == 1 else GIRLS
    return "".join(rng.choice(pool) for _ in range(1 if rng.random() < 0.12 else 2))


def minority(rng: Random) -> str:
    return "·".join(rng.sample(MINORITY, 2))


def parts(name: str) -> tuple[str, str]:
    """Surname and given name, as the invention put them together."""
    if "·" in name:
        return "", name
    return (name[:2], name[2:]) if name[:2] in DOUBLE_SURNAMES else (name[:1], name[1:])


def mistyped(rng: Random, name: str) -> str:
    """The name with one given character typed as one that sounds or looks alike; unchanged where there is none."""
    family, first = parts(name)
    places = [at for at, sign in enumerate(first) if sign in SOUND or sign in SHAPE]
    if not places or "·" in name:
        return name
    at = rng.choice(places)
    tables = [t for t in (SOUND, SOUND, SHAPE) if first[at] in t]
    return family + first[:at] + rng.choice(rng.choice(tables)[first[at]]) + first[at + 1 :]


def traditional(name: str) -> str:
    return "".join(TRADITIONAL.get(sign, sign) for sign in name)
