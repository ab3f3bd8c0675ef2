import numpy as np
from pypinyin import lazy_pinyin

from transforms.demo.names import SAME_SHAPE, SAME_SOUND, given_names, mistyped, surnames


def test_characters_taken_for_one_another_by_sound_do_sound_alike():
    for group in SAME_SOUND:
        assert len({lazy_pinyin(character)[0] for character in group}) == 1, group


def test_a_character_is_never_mistyped_as_itself():
    for group in (*SAME_SOUND, *SAME_SHAPE):
        assert len(set(group)) == len(group), group
    rng = np.random.default_rng(2)
    for name in ("王梓涵", "李晨曦", "张宇轩"):
        for how in ("sound", "shape"):
            typed = mistyped(name, how, rng)
            assert sum(a != b for a, b in zip(name, typed, strict=True)) == 1


def test_a_name_without_confusable_characters_stays_as_it_is():
    assert mistyped("艾力·买买提", "shape", np.random.default_rng(1)) == "艾力·买买提"


def test_names_are_skewed_as_in_life():
    rng = np.random.default_rng(3)
    family = surnames(rng, 50_000)
    names, counts = np.unique(family.astype(str), return_counts=True)
    assert 0.03 < counts.max() / 50_000 < 0.12
    assert {"欧阳", "诸葛"} <= set(names)
    given = given_names(rng, np.ones(50_000, bool)).astype(str)
    common, counts = np.unique(given, return_counts=True)
    assert 0.002 < counts[common == "沐宸"][0] / 50_000 < 0.02
    assert 0.04 < np.mean(np.char.str_len(given) == 1) < 0.14
