# SPDX-License-Identifier: MIT
"""Colours, fonts and the look of the application, light and dark. Applied once by `app`.

Fusion with our own palette and style sheet gives the same picture on every system; the system is
only asked whether it is light or dark. Widgets that paint themselves read `current()` as they do.
"""

from functools import lru_cache
from typing import Final, NamedTuple

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication

from leaddesk import resources
from leaddesk.ui.style_sheet import style_sheet


class Tokens(NamedTuple):
    """The colours of one theme, each "#rrggbb"; text on its own background is 4.5:1 or better."""

    bg: str
    panel: str
    raised: str
    line: str
    line2: str
    text: str
    muted: str
    faint: str
    accent: str
    accent_soft: str
    on_accent: str
    pass_: str
    pass_soft: str
    nurture: str
    nurture_soft: str
    dq: str
    dq_soft: str
    track: str
    reach: str
    sel: str


LIGHT: Final = Tokens(
    bg="#f5f6f8",
    panel="#ffffff",
    raised="#fafbfc",
    line="#dfe3e8",
    line2="#eceff2",
    text="#1b2430",
    muted="#5d6b7c",
    faint="#5f6d7e",
    accent="#2456d6",
    accent_soft="#e6edfd",
    on_accent="#ffffff",
    pass_="#0f7b4f",  # noqa: S106 - a colour, not a password
    pass_soft="#dff3e9",  # noqa: S106 - a colour, not a password
    nurture="#8f5000",
    nurture_soft="#fdeed8",
    dq="#b3261e",
    dq_soft="#fbe4e2",
    track="#e4e8ed",
    reach="#b9c9f3",
    sel="#e6edfd",
)
DARK: Final = Tokens(
    bg="#14181e",
    panel="#1b2129",
    raised="#202731",
    line="#303945",
    line2="#29313c",
    text="#e7ecf2",
    muted="#a3b0bf",
    faint="#93a1b1",
    accent="#7ea2ff",
    accent_soft="#243354",
    on_accent="#14181e",
    pass_="#57cf9b",  # noqa: S106 - a colour, not a password
    pass_soft="#17382b",  # noqa: S106 - a colour, not a password
    nurture="#f0b25a",
    nurture_soft="#40301a",
    dq="#ff8b83",
    dq_soft="#442321",
    track="#323b47",
    reach="#3a4f86",
    sel="#243354",
)

SCHEMES: Final = ("system", "light", "dark")
BASE_SIZE: Final = 14
"""Pixels of ordinary text."""

REGULAR: Final = 400
MEDIUM: Final = 500
SEMIBOLD: Final = 600
BOLD: Final = 700

_FACES = ("Regular", "Medium", "SemiBold", "Bold")
_TABULAR = QFont.Tag("tnum")


class _Theme(QObject):
    """The theme in use; follows the system while the scheme is "system"."""

    def __init__(self) -> None:
        super().__init__()
        self.tokens = LIGHT
        self.scheme = "system"
        self._app: QApplication | None = None

    def apply(self, app: QApplication, scheme: str) -> None:
        """Show the scheme; also tells Qt, which colours the title bar on Windows and macOS."""
        hints = app.styleHints()
        if self._app is not app:
            self._app = app
            hints.colorSchemeChanged.connect(self._follow)
        self.scheme = scheme
        wanted = {"light": Qt.ColorScheme.Light, "dark": Qt.ColorScheme.Dark}
        hints.setColorScheme(wanted.get(scheme, Qt.ColorScheme.Unknown))
        system_is_dark = hints.colorScheme() == Qt.ColorScheme.Dark
        dark = scheme == "dark" or (scheme == "system" and system_is_dark)
        self._show(DARK if dark else LIGHT)

    def _follow(self, scheme: Qt.ColorScheme) -> None:
        if self.scheme == "system":
            self._show(DARK if scheme == Qt.ColorScheme.Dark else LIGHT)

    def _show(self, tokens: Tokens) -> None:
        if self._app is None:
            return
        self.tokens = tokens
        self._app.setPalette(palette(tokens))
        self._app.setStyleSheet(style_sheet(tokens))


_THEME = _Theme()


def current() -> Tokens:
    """Return the colours in use."""
    return _THEME.tokens


def is_light() -> bool:
    """Return whether the colours in use are the light ones."""
    return _THEME.tokens is LIGHT


class _Size:
    """How large text is, in percent."""

    percent = 100


_SIZE = _Size()


def scheme() -> str:
    """Return what was asked for: "system", "light" or "dark"."""
    return _THEME.scheme


def prepare(app: QApplication) -> None:
    """Give the application our style and font, so that widgets can be built."""
    if app.font().family() != "Inter" or app.font().pixelSize() != px(BASE_SIZE):
        app.setStyle("Fusion")
        load_fonts()
        app.setFont(font(BASE_SIZE))


def apply(app: QApplication, scheme: str) -> None:
    """Give the application the colours of a scheme of `SCHEMES`, and what `prepare` gives."""
    prepare(app)
    _THEME.apply(app, scheme)


def load_fonts() -> None:
    """Make the four faces of Inter known, so that every machine draws the same letters."""
    for face in _FACES:
        QFontDatabase.addApplicationFont(str(resources.find(f"fonts/Inter-{face}.otf")))


def set_text_size(percent: int) -> None:
    """Make text, and what holds it, larger from now on: for windows that are built afterwards."""
    _SIZE.percent = percent
    font.cache_clear()


def px(pixels: int) -> int:
    """Return a size in pixels at the text size that was chosen."""
    return round(pixels * _SIZE.percent / 100)


def pane_width(pixels: int) -> int:
    """Return the width of a pane: it grows half as much as text, which can wrap."""
    return round(pixels * (100 + (_SIZE.percent - 100) / 2) / 100)


@lru_cache(maxsize=64)
def font(pixels: int = BASE_SIZE, weight: int = REGULAR, *, tabular: bool = False) -> QFont:
    """Return our font; `tabular` gives all digits one width, for columns and counters."""
    made = QFont("Inter")
    made.setPixelSize(px(pixels))
    made.setWeight(QFont.Weight(weight))
    if tabular:
        made.setFeature(_TABULAR, 1)
    return made


@lru_cache(maxsize=64)
def color(value: str) -> QColor:
    """Return the colour of a token, for painters."""
    return QColor(value)


def palette(tokens: Tokens) -> QPalette:
    """Return the palette of Fusion for these colours, the Disabled group included."""
    roles = {
        QPalette.ColorRole.Window: tokens.bg,
        QPalette.ColorRole.WindowText: tokens.text,
        QPalette.ColorRole.Base: tokens.panel,
        QPalette.ColorRole.AlternateBase: tokens.raised,
        QPalette.ColorRole.Text: tokens.text,
        QPalette.ColorRole.PlaceholderText: tokens.faint,
        QPalette.ColorRole.Button: tokens.raised,
        QPalette.ColorRole.ButtonText: tokens.text,
        QPalette.ColorRole.BrightText: tokens.dq,
        QPalette.ColorRole.ToolTipBase: tokens.raised,
        QPalette.ColorRole.ToolTipText: tokens.text,
        QPalette.ColorRole.Highlight: tokens.accent,
        QPalette.ColorRole.HighlightedText: tokens.on_accent,
        QPalette.ColorRole.Accent: tokens.accent,
        QPalette.ColorRole.Link: tokens.accent,
        QPalette.ColorRole.LinkVisited: tokens.accent,
        QPalette.ColorRole.Light: tokens.raised,
        QPalette.ColorRole.Midlight: tokens.line2,
        QPalette.ColorRole.Mid: tokens.line,
        QPalette.ColorRole.Dark: tokens.line,
        QPalette.ColorRole.Shadow: tokens.line,
    }
    made = QPalette()
    for role, value in roles.items():
        made.setColor(role, color(value))
    disabled = QPalette.ColorGroup.Disabled
    for role in (
        QPalette.ColorRole.WindowText,
        QPalette.ColorRole.Text,
        QPalette.ColorRole.ButtonText,
        QPalette.ColorRole.HighlightedText,
    ):
        made.setColor(disabled, role, color(tokens.faint))
    made.setColor(disabled, QPalette.ColorRole.Highlight, color(tokens.line))
    return made
