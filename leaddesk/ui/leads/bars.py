# SPDX-License-Identifier: MIT
"""The lines above the table: conditions, a new condition, something to type. Nothing is modal."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Final

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from leaddesk.core.domain.lead_query import IMPORT, Op
from leaddesk.ui import theme
from leaddesk.ui.actions import shown_keys
from leaddesk.ui.presenters import lead_filters
from leaddesk.ui.presenters.lead_changes import FOR_MANY
from leaddesk.ui.presenters.visible import visible
from leaddesk.ui.widgets.chips import ChipButton
from leaddesk.ui.widgets.flow import FlowLayout
from leaddesk.ui.widgets.inputs import DropDown
from leaddesk.ui.widgets.keys import KeyButton
from leaddesk.ui.widgets.labels import label, set_tip

_HEIGHT: Final = 34
_LONGEST: Final = 44


class Bar(QFrame):
    """A line that Esc closes.

    Emits:
        closed: Esc was pressed, or it has done its work.
    """

    closed = Signal()

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.row = QHBoxLayout()
        self.row.setSpacing(8)
        self._problem = label(look="dq", pixels=13, wrap=True)
        self._problem.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(self.row)
        column.addWidget(self._problem)
        self.hide()

    def say_problem(self, problem: str) -> None:
        """Say below the line, and aloud, why what was typed will not do; empty: it will."""
        self._problem.setText(problem)
        self._problem.setVisible(bool(problem))
        if problem:
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, problem))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Close on Esc."""
        if event.key() == Qt.Key.Key_Escape:
            self.hide()
            self.closed.emit()
        else:
            super().keyPressEvent(event)


class AskBar(Bar):
    """Asks for one line of text."""

    def __init__(self) -> None:
        super().__init__("Question")
        self._what = label(weight=theme.SEMIBOLD)
        self._line = _line()
        self._done: Callable[[str], object] = lambda _text: None
        self._what.setBuddy(self._line)
        self._yes = KeyButton("Done", "")
        self._yes.clicked.connect(lambda *_: self._finish())
        self._line.returnPressed.connect(self._finish)
        self.row.addWidget(self._what)
        self.row.addWidget(self._line, 1)
        self.row.addWidget(self._yes)

    def ask(
        self,
        what: str,
        hint: str,
        done: Callable[[str], object],
        *,
        typed: str = "",
        problem: str = "",
    ) -> None:
        """Ask; `done` is told what was typed. `problem` says why the answer before was none."""
        self._what.setText(what)
        self._line.setAccessibleName(what)
        self._line.setAccessibleDescription(f"{problem} {hint}".strip())
        self._line.setPlaceholderText(hint)
        self._line.setText(typed)
        self._line.selectAll()
        self._done = done
        self.show()
        self._line.setFocus()
        self.say_problem(problem)

    def _finish(self) -> None:
        self.hide()
        self.closed.emit()
        self._done(self._line.text())


class FilterBar(Bar):
    """Puts a condition together: field, question, value.

    Emits:
        added: the `Condition`.
    """

    added = Signal(object)

    def __init__(self) -> None:
        super().__init__("New condition")
        self._field, self._op, self._choice = DropDown(), DropDown(), DropDown()
        self._imports: Sequence[tuple[str, str]] = ()
        self._value = _line()
        names = ((self._field, "Field"), (self._op, "Question"), (self._choice, "Value"))
        for box, name in names:
            box.setAccessibleName(name)
            box.setMinimumContentsLength(8)
            box.setFixedHeight(theme.px(_HEIGHT))
            self.row.addWidget(box)
        # Files have long names: such a choice takes what room there is, and no more.
        self._choice.setSizeAdjustPolicy(
            DropDown.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.row.setStretchFactor(self._choice, 1)
        self._value.setAccessibleName("Value")
        self.row.addWidget(self._value, 1)
        add = KeyButton("Add", "")
        add.clicked.connect(lambda *_: self._add())
        self.row.addWidget(add)
        self._field.currentIndexChanged.connect(lambda _index: self._show_ops())
        self._op.currentIndexChanged.connect(lambda _index: self._show_value())
        self._value.returnPressed.connect(self._add)
        self._value.textChanged.connect(lambda _text: self.say_problem(""))
        self.show_imports(())

    def show_imports(self, imports: Sequence[tuple[str, str]]) -> None:
        """Offer these imports, (id, what it is called); the field only where there are any."""
        self._imports = imports
        chosen = self._field.currentData()
        with QSignalBlocker(self._field):
            self._field.clear()
            for field, name in lead_filters.FIELD_CHOICES:
                if imports or field != IMPORT:
                    self._field.addItem(name, field)
            self._field.setCurrentIndex(max(self._field.findData(chosen), 0))
        self._show_ops()

    def open(self) -> None:
        """Show it, ready to choose a field."""
        self.say_problem("")
        self.show()
        self._field.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Add with Enter from wherever the focus is."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._add()
        else:
            super().keyPressEvent(event)

    def _show_ops(self) -> None:
        with QSignalBlocker(self._op):
            self._op.clear()
            for op, words in lead_filters.op_choices(self._chosen_field()):
                self._op.addItem(words, op.value)
        self._show_value()

    def _show_value(self) -> None:
        field, op = self._chosen_field(), self._chosen_op()
        choices = lead_filters.value_choices(field, op, self._imports)
        self._choice.clear()
        for value, words in choices:
            self._choice.addItem(words, value)
        hint = lead_filters.hint(field, op)
        self._choice.setVisible(bool(choices))
        self._value.setVisible(bool(hint) and not choices)
        self._value.setPlaceholderText(hint)
        self._value.setAccessibleDescription(hint)
        self.say_problem("")

    def _add(self) -> None:
        text = str(self._choice.currentData() or "") or self._value.text()
        made, problem = lead_filters.condition(self._chosen_field(), self._chosen_op(), text)
        self.say_problem(problem)
        if made is None:
            return
        self._value.clear()
        self.hide()
        self.closed.emit()
        self.added.emit(made)

    def _chosen_field(self) -> str:
        return str(self._field.currentData())

    def _chosen_op(self) -> Op:
        return Op(str(self._op.currentData()))


class ManyBar(QWidget):
    """What can be done with several leads at once.

    Emits:
        wanted: the id of the action.
    """

    wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("For the chosen leads")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        for action_id in FOR_MANY:
            row.addWidget(
                KeyButton.of_action(action_id, partial(self.wanted.emit, action_id), cap=False)
            )
        row.addStretch()
        self.hide()


class ConditionChips(QWidget):
    """What leads have to fulfil; a click or Delete lets go of one.

    Emits:
        dropped: the place of the condition.
        turned: all of them is to become any of them, or back.
        saved: they are to be kept as a segment.
    """

    dropped = Signal(int)
    turned = Signal()
    saved = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("Conditions")
        self._row = FlowLayout()
        self.setLayout(self._row)
        self._chips: list[ChipButton] = []

    def show_conditions(self, texts: Sequence[str], *, any_of: bool) -> None:
        """Show these conditions."""
        for chip in self._chips:
            self._row.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        self._chips = []
        for place, text in enumerate(texts):
            plain = " ".join(text.split())
            short = plain if len(plain) <= _LONGEST else f"{plain[:_LONGEST]}\u2026"
            chip = self._add(f"{short} \u2715", f"{plain}, let go")
            set_tip(chip, f"{plain}: click to let go")
            chip.setChecked(True)
            chip.clicked.connect(lambda _on=False, at=place: self.dropped.emit(at))
        if len(texts) > 1:
            words = "any of these" if any_of else "all of these"
            chip = self._add(words, f"{words}, change")
            set_tip(chip, "Whether leads have to fulfil all of these or one")
            chip.clicked.connect(lambda *_: self.turned.emit())
        if texts:
            chip = self._add("Save\u2026", "Save as a segment")
            set_tip(chip, f"Keep this list as a segment ({shown_keys('leads_save')})")
            chip.clicked.connect(lambda *_: self.saved.emit())

    def _add(self, text: str, spoken: str) -> ChipButton:
        chip = ChipButton(text)
        chip.setShortcut("")  # what follows an ampersand is no key
        chip.setAccessibleName(visible(spoken))
        self._row.addWidget(chip)
        self._chips.append(chip)
        return chip


def _line() -> QLineEdit:
    made = QLineEdit()
    made.setFont(theme.font())
    made.setFixedHeight(theme.px(_HEIGHT))
    return made
