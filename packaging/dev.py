#!/usr/bin/env python3
"""Set Rapport up and work on it: one script, the standard library alone, from any folder, on any platform.

`python3 packaging/dev.py --help` lists what it can do. Everything it installs goes into .venv and build/; the second
run finds its stamp there and starts at once.
"""

# Kept to what an old Python can read, so that it can say that it is too old.
import sys

OLDEST = (3, 11)

USAGE = """\
usage: python3 packaging/dev.py VERB [ARGUMENTS]

  run [-- ARGUMENTS]     install what is missing, then open the window; `run -- --sample` opens it on sample data
  scan                   install what reads the text of photographed cards (some 440 MB)
  test [-- ARGUMENTS]    install what is missing, then run every test; ARGUMENTS go to pytest
  check                  style, types, the wall, lock files, house rules, and planner's tests where there is no Qt
  screens [FOLDER]       render every screen into build/screens/
  bench [-- ARGUMENTS]   measure, print the table and write build/bench.json
  build                  make the program that needs no Python, and the installers this machine can make
  schema                 compare the newest database schema with the models
  lock [--upgrade]       rewrite the lock files from pyproject.toml, keeping (or raising) the versions
"""


def main(arguments):
    if sys.version_info < OLDEST:
        found = "%d.%d" % sys.version_info[:2]  # noqa: UP031
        print("Rapport needs Python %d.%d or newer; this is %s (%s)." % (OLDEST + (found, sys.executable)))  # noqa: UP031, RUF005
        print("Run the same command with a newer one, for example: python3.12 packaging/dev.py run")
        return 2
    from steps import console, verbs

    if not arguments or arguments[0] in ("-h", "--help", "help"):
        print(USAGE, end="")
        return 0 if arguments else 2
    verb, rest = arguments[0], arguments[1:]
    if rest[:1] == ["--"]:
        rest = rest[1:]
    elif rest[:1] in (["-h"], ["--help"]):
        print(USAGE, end="")
        return 0
    if verb not in verbs.VERBS:
        print("There is no '%s'.\n\n%s" % (verb, USAGE), end="", file=sys.stderr)  # noqa: UP031
        return 2
    try:
        return verbs.VERBS[verb](rest)
    except console.Stop as stop:
        print("\n%s" % stop, file=sys.stderr)  # noqa: UP031
        return stop.code
    except KeyboardInterrupt:
        print("\nStopped.", file=sys.stderr)
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
