"""Where `rapport` starts."""

from __future__ import annotations

import os
import sys


def main() -> int:
    """Run one command, or open the window. Returns the exit code: 0 fine, 1 some items failed, 2 can't run."""
    arguments = sys.argv[1:]
    # The window starts without loading the command line.
    if not arguments or arguments[0].lower().startswith("rapport:"):
        from planner.cli.window import open_window

        return open_window(arguments)
    from planner.cli.commands import app
    from planner.cli.trouble import report

    try:
        app(prog_name="rapport")
    except SystemExit as ended:
        return ended.code if isinstance(ended.code, int) else 2 if ended.code else 0
    except BrokenPipeError:
        # Whoever read our output has enough of it; nothing may be written at the exit either.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except Exception as error:  # noqa: BLE001 - the last one to catch it: a person gets a sentence, never a traceback
        sys.stderr.write(report(error))
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
