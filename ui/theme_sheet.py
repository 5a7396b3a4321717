"""The style sheet, filled in from the tokens. Sizes are those of the design at 14 px body text."""

from __future__ import annotations

from string import Template

from ui.theme_tokens import Tokens


def style_sheet(tokens: Tokens, scale: float, points_per_px: float) -> str:
    """The application's style sheet for one theme and text scale."""
    sizes = {
        f"pt{name}": f"{px * points_per_px * scale:.3f}pt"
        for name, px in {"small": 12.5, "heading": 12, "subtitle": 16, "title": 18, "key": 11}.items()
    }
    return _SHEET.substitute(tokens._asdict(), **sizes)


_SHEET = Template("""
QToolTip { background: $ink; color: $pane; border: 0; padding: 4px 8px; }
QMainWindow, QDialog { background: $pane; }
QLabel[role="small"] { font-size: $ptsmall; }
QPlainTextEdit[role="small"], QLineEdit[role="small"] { font-size: $ptsmall; }
QLabel[role="muted"] { color: $mute; }
QLabel[role="small_muted"] { color: $mute; font-size: $ptsmall; }
QLabel[role="heading"] { color: $mute; font-size: $ptheading; font-weight: 600; }
QLabel[role="subtitle"] { font-size: $ptsubtitle; font-weight: 700; }
QLabel[role="title"] { font-size: $pttitle; font-weight: 700; }
QLabel[role="strong"] { font-weight: 600; }
QLabel[tone="accent"] { color: $accent; }
QLabel[tone="warn"] { color: $warn; }
QLabel[tone="bad"] { color: $bad; }
QLabel[tone="ok"] { color: $ok; }
QLabel[tone="info"] { color: $info; }

QFrame[frame="box"] { background: $pane; border: 1px solid $line; border-radius: 8px; }
QFrame[frame="box"][tone="warn"] { background: $warn_soft; border-color: $warn; }
QFrame[frame="box"][tone="bad"] { background: $bad_soft; border-color: $bad; }
QFrame[frame="drop"] { background: transparent; border: 1px dashed $outline; border-radius: 8px; }
QFrame[frame="pane"], QWidget[frame="pane"] { background: $pane; border: 0; }
QFrame[frame="ground"], QWidget[frame="ground"] { background: $bg; border: 0; }
QFrame[frame="rule"] { background: $line; border: 0; }
QScrollArea { background: transparent; border: 0; }

QPushButton { background: $pane; border: 1px solid $line; border-radius: 6px; padding: 5px 12px; font-weight: 500; }
QPushButton:hover, QPushButton:open { background: $hover; }
QPushButton:pressed { background: $side; }
QPushButton:focus { border-color: $accent; }
QPushButton:disabled { color: $outline; }
QPushButton[kind="primary"] { background: $accent; border-color: $accent; color: $on_accent; }
QPushButton[kind="primary"]:hover { background: $accent_hover; border-color: $accent_hover; }
QPushButton[kind="primary"]:focus { border: 2px solid $ink; padding: 4px 11px; }
QPushButton[kind="primary"]:disabled { background: $side; border-color: $line; color: $outline; }
QPushButton[kind="quiet"] { background: transparent; border-color: transparent; color: $accent; padding: 5px 6px; }
QPushButton[kind="quiet"]:hover { background: $hover; }
QPushButton[kind="quiet"]:focus { border-color: $accent; }
QPushButton[kind="quiet"][size="small"] { padding: 0; border-radius: 3px; }
QPushButton[kind="danger"] { color: $bad; }
QPushButton::menu-indicator { width: 0; }
QToolButton { background: transparent; border: 1px solid transparent; border-radius: 6px; padding: 4px; }
QToolButton:hover, QToolButton:pressed, QToolButton:checked { background: $hover; }
QToolButton:focus { border-color: $accent; }
QToolButton::menu-indicator { image: none; }

QLineEdit, QPlainTextEdit, QTextEdit, QTextBrowser, QComboBox, QSpinBox, QDoubleSpinBox, QDateEdit, QTimeEdit {
    background: $bg; border: 1px solid $line; border-radius: 6px; padding: 4px 9px; color: $ink;
    selection-background-color: $accent; selection-color: $on_accent; }
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus, QTextBrowser:focus, QComboBox:focus,
QSpinBox:focus, QDoubleSpinBox:focus, QDateEdit:focus, QTimeEdit:focus { border-color: $accent; }
QLineEdit:disabled, QComboBox:disabled, QSpinBox:disabled { color: $outline; }
QLineEdit[state="doubtful"] { background: $warn_soft; border-color: $warn; }
QLineEdit[state="wrong"] { background: $bad_soft; border-color: $bad; }
QPlainTextEdit[look="plain"], QTextEdit[look="plain"], QTextBrowser[look="plain"], QLineEdit[look="plain"] {
    background: transparent; border: 0; padding: 0; }
QLineEdit[look="pane"] { background: $pane; border-radius: 8px; padding: 10px 14px; }
QSpinBox QLineEdit, QDoubleSpinBox QLineEdit, QComboBox QLineEdit {
    background: transparent; border: 0; border-radius: 0; padding: 0; }
QSpinBox QLineEdit, QDoubleSpinBox QLineEdit { padding: 0 9px; }
QSpinBox::up-button, QSpinBox::down-button { width: 0; border: 0; }
QComboBox::drop-down { border: 0; width: 22px; }
QComboBox QAbstractItemView { background: $pane; border: 1px solid $line; selection-background-color: $selection;
    selection-color: $ink; outline: 0; padding: 4px; }
QCheckBox, QRadioButton { spacing: 8px; }
QCheckBox:focus, QRadioButton:focus { color: $accent; }

QAbstractItemView { background: $pane; border: 0; outline: 0; selection-background-color: $selection;
    selection-color: $ink; }
QListView[look="offers"] { border: 1px solid $outline; }
QListView[look="offers"]::item { padding: 4px 9px; color: $ink; }
QListView[look="offers"]::item:selected, QListView[look="offers"]::item:hover { background: $selection; }
QTreeView::item, QTableView::item { padding: 4px 8px; border: 0; }
QTreeView::item:selected, QTableView::item:selected { background: $selection; color: $ink; }
QTreeView::item:hover { background: $hover; }
QTableView { gridline-color: $line; }
QHeaderView { background: $pane; }
QHeaderView::section { background: $pane; color: $mute; border: 0; border-bottom: 1px solid $line; padding: 6px 11px;
    font-size: $ptheading; font-weight: 600; text-align: left; }
QTableView[look="ticked"] QHeaderView::section:first { padding-left: 20px; }
QHeaderView::section:hover { color: $ink; }

QMenuBar { background: $side; border: 0; border-bottom: 1px solid $line; padding: 2px 6px; }
QMenuBar::item { background: transparent; color: $ink; padding: 3px 8px; border-radius: 4px; }
QMenuBar::item:selected, QMenuBar::item:pressed { background: $selection; }
QMenu { background: $pane; border: 1px solid $line; border-radius: 8px; padding: 5px; }
QMenu::item { padding: 5px 28px 5px 10px; border-radius: 5px; color: $ink; }
QMenu::item:selected { background: $selection; }
QMenu::item:disabled { color: $outline; }
QMenu::icon { padding-left: 8px; }
QMenu::separator { height: 1px; background: $line; margin: 4px 8px; }

QScrollBar:vertical { background: transparent; width: 12px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: 12px; margin: 0; }
QScrollBar::handle { background: $line; border-radius: 4px; margin: 2px; min-height: 28px; min-width: 28px; }
QScrollBar::handle:hover { background: $outline; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QSplitter::handle { background: $line; }
QProgressBar { background: $side; border: 0; border-radius: 3px; max-height: 6px; min-height: 6px; }
QProgressBar::chunk { background: $accent; border-radius: 3px; }
QCalendarWidget QWidget { alternate-background-color: $bg; }
QCalendarWidget QAbstractItemView { selection-background-color: $accent; selection-color: $on_accent; }
""")
