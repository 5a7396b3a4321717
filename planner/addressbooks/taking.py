"""The half of a run that changes things here: carrying over what the address book says, and remembering it."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from planner.addressbooks import apply
from planner.addressbooks.decide import (
    AcceptDeletion,
    Action,
    Ask,
    Forget,
    Known,
    MergeHere,
    MergeThere,
    Receive,
    Update,
)
from planner.addressbooks.standing import keep
from planner.addressbooks.state import Run
from planner.clock import Clock
from planner.store.store import Store


def take_over(run: Run, store: Store, clock: Clock, actions: Iterable[Action], cancelled: Callable[[], bool]) -> None:
    """Carry over what the actions say of this side, and remember whatever needs no writing there."""
    actions = tuple(actions)
    taken = apply.take_over(store, clock, _incoming(run, actions), run.options, run.region, cancelled)
    run.people = taken.people
    run.outcome.changes |= taken.changes
    for uid, reason in taken.failed.items():
        run.outcome.unreadable.append(f"{run.name(uid)}: {reason}")
    for action in actions:
        _tell(run, action, taken)
        _remember(run, action, taken)
    run.memory.flush()


def _incoming(run: Run, actions: Iterable[Action]) -> apply.Incoming:
    incoming, people = apply.Incoming(), run.here.people
    for action in actions:
        match action:
            case Receive(uid=uid, path=path):
                incoming.received.append((uid, run.cards[path], run.theirs[uid].fields))
            case Update(uid=uid, path=path, merge=merge) if merge.here and (read := run.current(uid, path)):
                incoming.changed.append((people[uid], read, merge.here))
            case AcceptDeletion(uid=uid):
                incoming.deleted.append(people[uid])
            case MergeHere(uid=uid, into=into):
                incoming.merged_here.append((people[uid], people[into]))
            case MergeThere(uid=uid, into=into, path=path) if read := run.current(uid, path):
                incoming.merged_there.append((read, people[into], run.theirs[uid].fields))
    return incoming


def _tell(run: Run, action: Action, taken: apply.Taken) -> None:
    uid, tell = action.uid, run.outcome.tell
    match action:
        case Receive() if uid in taken.done:
            tell("received", uid, run.name(uid))
        case Update(merge=merge):
            if merge.here and uid in taken.done:
                tell("accepted", uid, run.name(uid))
            if merge.conflicts:
                tell("disagreements", uid, run.name(uid))
        case AcceptDeletion() | MergeHere() if uid in taken.done:
            tell("dropped", uid, run.name(uid))
        case Ask():
            tell("disagreements", uid, run.name(uid))


def _remember(run: Run, action: Action, taken: apply.Taken) -> None:
    uid = action.uid
    match action:
        case Receive(path=path):
            if uid in taken.people:
                read, theirs = run.cards[path], run.theirs[uid]
                keep(run.memory, Known(uid, path, read.etag, taken.people[uid].fields, theirs.fields), read)
            else:
                run.incomplete = True
        case Update(path=path, merge=merge):
            if merge.here and uid not in taken.done:
                run.look_again(uid, path)
            elif not merge.there:
                run.agree(uid, merge, run.person(uid).fields, run.theirs[uid], run.cards.get(path))
        case AcceptDeletion() | MergeHere() if uid in taken.done:
            run.memory.forget(uid)
        case Forget():
            run.memory.forget(uid)
        case Ask(question=question, path=path):
            run.ask(uid, path, question)
