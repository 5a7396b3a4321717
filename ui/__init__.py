"""The window. It shows what `planner` knows and turns clicks into its commands; it holds no rules."""

import builtins
import gc

# Importing PySide6 puts a hook into every later import, for `from __feature__ import …`, which is not used here. The
# hook reads the source of each module and keeps it: a fifth more time for the imports of a start, and 20 MB. So the
# plain import goes back to its place. Nothing is thrown away meanwhile that could be collected; looking for it thirty
# times over takes some 6 ms.
_plain, _collects = builtins.__import__, gc.isenabled()
gc.disable()
import PySide6.QtCore  # noqa: E402, F401 – what it does to imports is the point

builtins.__import__ = _plain
if _collects:
    gc.enable()
