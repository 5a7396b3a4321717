"""`rapport protect` and `rapport unprotect`: the password of the data."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from planner.cli.output import DataDir, Json, Output, opened
from planner.cli.passwords import new_password
from planner.errors import Invalid

if TYPE_CHECKING:
    from planner.store.protection import Outcome


def protect(
    change: Annotated[bool, typer.Option("--change", help="Set another password.")] = False,
    keyring: Annotated[bool, typer.Option("--keyring", help="Keep it in the system's keyring.")] = False,
    data_dir: DataDir = None,
    as_json: Json = False,
) -> None:
    """Protect your data with a password: the file, and the backups in its folder, are encrypted. It is asked for at
    every start unless the keyring keeps it. Without it nobody can read your data again, and nobody can find it out.

    The password is asked for on the terminal, or is the first line of the file that RAPPORT_NEW_PASSWORD_FILE names;
    commands on protected data read theirs from RAPPORT_PASSWORD_FILE alike. Close the window first.

    JSON: protected, in_keyring, backups (files that went along), left (backups that could not be read and stay).
    """
    from planner.store.converting import ProtectionUnavailable
    from planner.store.opening import can_protect

    with opened(data_dir, as_json) as (planner, out):
        if not can_protect():
            raise ProtectionUnavailable
        if change != (planner.store.key is not None):
            raise Invalid(
                "Password", "your data has none; leave --change out" if change else "your data has one; add --change"
            )
        outcome = planner.protection.protect(new_password(), remember=keyring)
        kept = keyring and outcome.not_remembered is None
        out.say("Your data has another password now." if change else "Your data is protected with a password now.")
        _tell(out, outcome, in_keyring=kept)
        if outcome.not_remembered is not None:
            out.complain(str(outcome.not_remembered))


def unprotect(data_dir: DataDir = None, as_json: Json = False) -> None:
    """Take the password off: the data, and the backups in its folder, can be read by anybody who has the files. Close
    the window first.

    JSON: as of protect.
    """
    with opened(data_dir, as_json) as (planner, out):
        outcome = planner.protection.remove()
        out.say("Your data has no password any more.")
        _tell(out, outcome, in_keyring=False)


def _tell(out: Output, outcome: Outcome, *, in_keyring: bool) -> None:
    out.give(
        {
            "protected": outcome.protected,
            "in_keyring": in_keyring,
            "backups": outcome.backups,
            "left": outcome.left,
        }
    )
    if outcome.backups:
        count = len(outcome.backups)
        out.say(f"So {'is the backup' if count == 1 else f'are the {count} backups'} in its folder.")
    for path in outcome.left:
        out.complain(f"{path} could not be read and stays as it was.")
    out.say("Copies you made elsewhere stay as they are.")
