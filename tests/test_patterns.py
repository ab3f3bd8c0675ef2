"""No regular expression of the program explodes on what a file may hold.

Those in SQL are RE2's, which reads every text once. Python's go back, so each pattern is tried on texts made of its own
characters, thousands long, that just fail to match; what takes more than seconds of processor time would take for ever.
"""

import ast
import importlib
import pkgutil
import re
import signal
import warnings
from itertools import product
from pathlib import Path

import pytest

import expectations
import flows
import transforms

LONG = 4_000
SECONDS = 4.0
CALLS = {"compile", "match", "fullmatch", "search", "findall", "finditer", "sub", "subn", "split"}


def patterns():
    """Every pattern and how it is applied; one compiled beforehand may be applied in any way."""
    found = {}
    for package in (expectations, flows, transforms):
        for path in Path(package.__file__).parent.rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if (
                    isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in CALLS
                    and isinstance(node.func.value, ast.Name) and node.func.value.id == "re"
                    and node.args and isinstance(node.args[0], ast.Constant)
                ):  # fmt: skip
                    found.setdefault(node.args[0].value, set()).add(node.func.attr)
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if not module.name.startswith(("flows.monitor", "flows.serve", "expectations.suite")):
                for value in vars(importlib.import_module(module.name)).values():
                    for one in value if isinstance(value, (tuple, list, set, frozenset)) else (value,):
                        if isinstance(one, re.Pattern):
                            found.setdefault(one.pattern, set()).add("compile")
    return sorted(found.items(), key=str)


def characters(pattern):
    """What the pattern is made of, and one of each kind it may mean."""
    text = pattern.decode("latin-1") if isinstance(pattern, bytes) else pattern
    own = [c for c in dict.fromkeys(re.sub(r"\\[a-zA-Z]", "", text)) if c.isalnum() or c in " ,;:-./（）()<>\"'="]
    return list(dict.fromkeys(["0", "a", " ", "\t", "年", *own[:9]]))


def attacks(pattern):
    signs = characters(pattern)
    for sign in signs:
        yield sign * LONG + "\x00"
    for one, other in product(signs[:8], repeat=2):
        if one != other:
            yield (one + other) * (LONG // 2) + "\x00"


@pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="the system has no timer of processor time")
def test_no_pattern_takes_for_ever_on_a_text_made_against_it():
    found = patterns()
    assert len(found) > 80

    def too_long(*_):
        raise TimeoutError

    before = signal.signal(signal.SIGVTALRM, too_long)
    slow = []
    try:
        for pattern, uses in found:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                compiled = re.compile(pattern)
            signal.setitimer(signal.ITIMER_VIRTUAL, SECONDS)
            try:
                for text in attacks(pattern):
                    told = text.encode("utf-8") if isinstance(pattern, bytes) else text
                    compiled.fullmatch(told)
                    if uses != {"fullmatch"}:
                        compiled.search(told)
            except TimeoutError:
                slow.append(pattern)
            finally:
                signal.setitimer(signal.ITIMER_VIRTUAL, 0)
    finally:
        signal.signal(signal.SIGVTALRM, before)
    assert slow == []


@pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="the system has no timer of processor time")
def test_a_pattern_that_explodes_is_noticed():
    def too_long(*_):
        raise TimeoutError

    before = signal.signal(signal.SIGVTALRM, too_long)
    signal.setitimer(signal.ITIMER_VIRTUAL, 0.5)
    try:
        with pytest.raises(TimeoutError):
            re.compile(r"(a+)+b").search(next(t for t in attacks("(a+)+b") if t.startswith("aa")))
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)
