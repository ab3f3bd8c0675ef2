import re
from html.parser import HTMLParser

import pytest


class Structure(HTMLParser):
    """What a page asks for from elsewhere, and whether its tags close."""

    def __init__(self):
        super().__init__()
        self.asked, self.open, self.wrong = [], [], []

    def handle_starttag(self, tag, attrs):
        self.asked += [value for name, value in attrs if name in ("src", "href", "action", "data") and value[:1] != "#"]
        if tag not in ("meta", "input"):
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.asked += [value for name, value in attrs if name in ("src", "href", "data")]

    def handle_endtag(self, tag):
        if not self.open or self.open.pop() != tag:
            self.wrong.append(tag)


@pytest.fixture
def pages(delivered):
    return {
        path.parent.name: path.read_text(encoding="utf-8") for path in delivered.files if path.name.startswith("看板")
    }


def test_there_is_a_page_for_every_district_and_for_the_city(pages):
    assert set(pages) == {"990101", "全市_990100"}


def test_a_page_asks_nothing_of_any_server_and_is_well_formed(pages):
    for page in pages.values():
        structure = Structure()
        structure.feed(page)
        assert structure.asked == [] and structure.wrong == [] and structure.open == []
        assert not re.search(r"https?:|@import|url\(", page)


def test_a_page_holds_no_child(pages):
    for page in pages.values():
        for personal in ("张一丰", "李二", "王三", "赵四", "钱五", "0016", "13900000001", "CASE-"):
            assert personal not in page


def test_small_counts_are_withheld(pages):
    row = re.search(r'<th scope="row">第一小学</th>(.*?)</tr>', pages["990101"]).group(1)
    assert re.findall(r'class="n">([^<]*)<', row) == ["2,000", "100.0%", "＊", "20"]


def test_a_district_over_its_control_line_is_called_in_by_words_not_by_colour(pages):
    assert "▲ 超过，应约谈" in pages["990101"]


def test_what_was_not_judged_is_said(pages):
    assert "重复学籍：没有收到学籍数据" in pages["990101"]


def test_tables_have_headings_captions_and_a_labelled_search(pages):
    page = pages["990101"]
    assert 'lang="zh-CN"' in page and "<caption>" in page and 'scope="col"' in page and 'scope="row"' in page
    for at in re.findall(r'<input id="(\w+)"', page):
        assert f'<label for="{at}">' in page
