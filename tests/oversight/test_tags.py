import re

import pytest
from django.template import Context, Template

LOAD = "{% load oversight %}"


def drawn(text, **values):
    return re.sub(r"\s+", " ", Template(text).render(Context(values))).strip()


@pytest.mark.parametrize("kind", ["ok", "bad", "warn", "none", "late"])
def test_state_is_the_component(kind):
    from django_cotton.compiler_regex import CottonCompiler

    component = CottonCompiler().process('<c-state kind="{{ kind }}">{{ word }}</c-state>')

    assert drawn(LOAD + "{% state kind word %}", kind=kind, word="a < b") == drawn(component, kind=kind, word="a < b")


def test_meter_is_the_component():
    from django_cotton.compiler_regex import CottonCompiler

    parts = [("ok", 3), ("warn", 1), ("bad", 0), ("none", 2)]
    component = CottonCompiler().process('<c-meter :parts="parts" />')

    assert drawn(LOAD + "{% meter parts %}", parts=parts) == drawn(component, parts=parts)
