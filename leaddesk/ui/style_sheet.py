# SPDX-License-Identifier: MIT
"""The style sheet made from the tokens of a theme. Looks are chosen by the property `look`.

Kept short: every widget is matched against every rule at start-up, and what paints itself
(buttons, badges, tables) needs none.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from leaddesk.ui.theme import Tokens


def style_sheet(t: "Tokens") -> str:
    """Return the style sheet of the application for these colours."""
    text_looks = {
        "muted": t.muted,
        "faint": t.faint,
        "accent": t.accent,
        "pass": t.pass_,
        "nurture": t.nurture,
        "dq": t.dq,
    }
    tints = {
        "neutral": (t.line2, t.muted),
        "accent": (t.accent_soft, t.accent),
        "pass": (t.pass_soft, t.pass_),
        "nurture": (t.nurture_soft, t.nurture),
        "dq": (t.dq_soft, t.dq),
    }
    rules = [f'QLabel[look="{name}"] {{ color: {value}; }}' for name, value in text_looks.items()]
    for name, (back, front) in tints.items():
        rules.append(
            f'QLabel[chip="{name}"] {{ color: {front}; background: {back};'
            " border-radius: 10px; padding: 3px 8px; }"
        )
        rules.append(
            f'QFrame[tint="{name}"] {{ background: {back}; border-radius: 8px; }}'
            f'QFrame[strip="{name}"] {{ background: {back}; }}'
        )
    return "\n".join(rules) + _frames(t) + _inputs(t) + _scrolling(t)


def _frames(t: "Tokens") -> str:
    return f"""
QToolTip {{ color: {t.text}; background: {t.raised}; border: 1px solid {t.line}; padding: 4px; }}
QFrame[look="page"] {{ background: {t.bg}; }}
QFrame[look="panel"] {{ background: {t.panel}; }}
QFrame[look="bar"] {{ background: {t.panel}; border-bottom: 1px solid {t.line}; }}
QFrame[look="foot"] {{ background: {t.panel}; border-top: 1px solid {t.line}; }}
QFrame[look="left"] {{ background: {t.panel}; border-right: 1px solid {t.line}; }}
QFrame[look="right"] {{ background: {t.panel}; border-left: 1px solid {t.line}; }}
QFrame[look="card"] {{ background: {t.panel}; border: 1px solid {t.line}; border-radius: 8px; }}
QFrame[look="rule"] {{ background: {t.line}; max-height: 1px; min-height: 1px; }}
QFrame[look="rule2"] {{ background: {t.line2}; max-height: 1px; min-height: 1px; }}
"""


def _inputs(t: "Tokens") -> str:
    return f"""
QLineEdit, QPlainTextEdit {{ color: {t.text}; background: {t.raised};
  placeholder-text-color: {t.faint};
  border: 1px solid {t.line}; border-radius: 6px; padding: 6px 9px;
  selection-background-color: {t.accent}; selection-color: {t.on_accent}; }}
QLineEdit:focus, QPlainTextEdit:focus {{ border-color: {t.accent}; }}
QComboBox {{ color: {t.text}; background: {t.raised}; border: 1px solid {t.line};
  border-radius: 6px; padding: 0 9px; }}
QComboBox:focus, QComboBox:on {{ border-color: {t.accent}; }}
QComboBox::drop-down {{ border: 0; width: 30px; }}
QComboBox::down-arrow {{ image: none; }}
QComboBox QAbstractItemView {{ color: {t.text}; background: {t.panel}; outline: 0;
  border: 1px solid {t.line}; selection-background-color: {t.sel}; selection-color: {t.text}; }}
QMenu {{ color: {t.text}; background: {t.panel}; border: 1px solid {t.line}; padding: 4px; }}
QMenu::item {{ padding: 6px 26px 6px 14px; border-radius: 4px; }}
QMenu::item:selected {{ background: {t.sel}; }}
QProgressBar {{ background: {t.track}; border: 0; border-radius: 3px; min-height: 6px;
  max-height: 6px; }}
QProgressBar::chunk {{ background: {t.accent}; border-radius: 3px; }}
"""


def _scrolling(t: "Tokens") -> str:
    return f"""
QScrollArea, QAbstractScrollArea[look="plain"] {{ background: {t.panel}; border: 0; }}
QAbstractScrollArea::corner {{ background: {t.panel}; border: 0; }}
QScrollBar:vertical {{ background: transparent; width: 10px; margin: 0; }}
QScrollBar:horizontal {{ background: transparent; height: 10px; margin: 0; }}
QScrollBar::handle {{ background: {t.line}; border-radius: 4px; min-height: 32px; min-width: 32px;
  margin: 1px; }}
QScrollBar::handle:hover {{ background: {t.faint}; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
"""
