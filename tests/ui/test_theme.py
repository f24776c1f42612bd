# SPDX-License-Identifier: MIT
"""Both themes: readable, complete, and following what was asked for."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QFontInfo, QPalette

from leaddesk.ui import theme
from leaddesk.ui.style_sheet import style_sheet

READABLE = 4.5
TEXT_ON = [
    ("text", "bg"),
    ("text", "panel"),
    ("text", "raised"),
    ("text", "sel"),
    ("muted", "panel"),
    ("muted", "raised"),
    ("muted", "line2"),
    ("faint", "panel"),
    ("faint", "raised"),
    ("accent", "panel"),
    ("accent", "accent_soft"),
    ("on_accent", "accent"),
    ("pass_", "pass_soft"),
    ("nurture", "nurture_soft"),
    ("dq", "dq_soft"),
    ("text", "nurture_soft"),
    ("text", "dq_soft"),
]


def brightness(value: str) -> float:
    parts = [channel / 255 for channel in QColor(value).getRgb()[:3]]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("tokens", [theme.LIGHT, theme.DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("front", "back"), TEXT_ON)
def test_text_can_be_read_on_its_background(tokens, front, back):
    darker, lighter = sorted(brightness(getattr(tokens, name)) for name in (front, back))
    assert (lighter + 0.05) / (darker + 0.05) >= READABLE


@pytest.mark.parametrize("tokens", [theme.LIGHT, theme.DARK], ids=["light", "dark"])
def test_every_colour_is_a_colour_and_the_sheet_uses_no_other(tokens):
    values = tuple(tokens)
    assert all(QColor(value).isValid() for value in values)
    sheet = style_sheet(tokens)
    other = theme.DARK if tokens is theme.LIGHT else theme.LIGHT
    assert other.panel not in sheet
    assert tokens.panel in sheet


@pytest.mark.parametrize("tokens", [theme.LIGHT, theme.DARK], ids=["light", "dark"])
def test_disabled_text_differs(tokens):
    palette = theme.palette(tokens)
    role = QPalette.ColorRole.ButtonText
    active = palette.color(QPalette.ColorGroup.Active, role)
    assert palette.color(QPalette.ColorGroup.Disabled, role) != active


def test_apply_changes_palette_and_tokens(qapp):
    for scheme, tokens in (("dark", theme.DARK), ("light", theme.LIGHT)):
        theme.apply(qapp, scheme)
        assert theme.current() is tokens
        assert theme.scheme() == scheme
        assert qapp.palette().color(QPalette.ColorRole.Base).name() == tokens.panel


def test_system_follows_what_the_system_says(qapp):
    theme.apply(qapp, "system")
    theme._THEME._follow(Qt.ColorScheme.Dark)
    assert theme.current() is theme.DARK
    theme._THEME._follow(Qt.ColorScheme.Light)
    assert theme.is_light()
    theme.apply(qapp, "light")
    theme._THEME._follow(Qt.ColorScheme.Dark)
    assert theme.is_light(), "a theme that was chosen does not follow"


def test_the_letters_are_our_own(qapp):
    theme.apply(qapp, "light")
    assert QFontInfo(theme.font()).family() == "Inter"


def test_numbers_have_digits_of_one_width(qapp):
    theme.apply(qapp, "light")
    made = theme.font(tabular=True)
    assert made.featureValue(QFont.Tag("tnum")) == 1
