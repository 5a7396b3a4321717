"""A sync run: gather both sides, decide, apply. It may be cut off anywhere; the next run goes on from there."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from datetime import UTC, tzinfo
from functools import lru_cache

from planner.accounts.memory import LEFT_OUT, Memory, Remembered, conflict_text, paths
from planner.accounts.records import Account, Known, Purpose, SyncedCollection
from planner.accounts.service import AccountService
from planner.calendars import gather
from planner.calendars.records import CalendarEntry, EntryKind, EntryState
from planner.calendars.sync import apply, decide, item
from planner.calendars.sync.decide import Ours, Theirs
from planner.calendars.sync.records import SyncOutcome
from planner.calendars.sync.sending import Sending, fingerprint, outgoing
from planner.calendars.sync.state import Run
from planner.clock import Clock
from planner.dav import discovery, errors
from planner.dav.discovery import Service
from planner.dav.items import Item, Items
from planner.dav.presence import present, settled
from planner.errors import Cancelled, UserError
from planner.settings.service import SettingsService
from planner.store.store import Store

Progress = Callable[[int, int], object]


class CalendarSync:
    """Keeps follow-ups, events and marked sessions in step with the calendars of an account."""

    def __init__(self, store: Store, clock: Clock, settings: SettingsService, accounts: AccountService) -> None:
        self._store = store
        self._clock = clock
        self._settings = settings
        self._accounts = accounts

    def run(
        self,
        account_id: int,
        progress: Progress = lambda _done, _total: None,
        cancelled: Callable[[], bool] = lambda: False,
        *,
        deletions_meant: bool = False,
    ) -> SyncOutcome:
        """Bring an account's calendars and what is here in step (network).

        Raises the errors of planner.dav.errors, PasswordNeeded, LooksEmptied and Cancelled; whatever was done before
        stays done and is remembered. The outcome is also noted in the account's log.
        """
        account = self._accounts.get(account_id)
        outcome = SyncOutcome()
        calendars = [one for one in account.collections if one.purpose is not Purpose.PEOPLE]
        if account.collections and not calendars:
            return outcome  # only people are synced, which is told elsewhere
        try:
            with self._accounts.open(account_id, cancelled) as client:
                for collection in calendars:
                    service = discovery.Collection(collection.url, collection.name, Service.CALENDAR)
                    self._collection(
                        account, collection, Items(client, service), outcome, progress, cancelled, deletions_meant
                    )
        except UserError as error:
            # Being offline is nothing to mend.
            level = "offline" if isinstance(error, errors.Unreachable | errors.TryLater) else "problem"
            self._accounts.note(account_id, level, str(error.explain().what))
            raise
        self._accounts.note(account_id, "notice" if outcome.disagreements else "done", outcome.in_words())
        return outcome

    def _collection(
        self,
        account: Account,
        collection: SyncedCollection,
        items: Items,
        outcome: SyncOutcome,
        progress: Progress,
        cancelled: Callable[[], bool],
        deletions_meant: bool,
    ) -> None:
        memory = Memory(self._store, collection.id)
        remembered = memory.all()
        # What is over and was never there needs no place in the calendar.
        entries = {
            uid: entry
            for uid, entry in self._entries(account, collection).items()
            if uid in remembered or not entry.over
        }
        theirs, data, token = self._their_side(items, collection, remembered, outcome)
        left_out = {uid for uid, one in remembered.items() if one.conflict == LEFT_OUT}
        asked = {uid for uid, one in remembered.items() if one.conflict} - left_out
        met = {uid for uid, one in remembered.items() if not one.known.off}
        ours = {
            uid: _ours(entry, None if uid in met else theirs.get(uid), self._clock.zone)
            for uid, entry in entries.items()
        }
        ours |= self._closed(account, collection, ({*theirs, *remembered} - {*ours}))
        run = Run(items, memory, entries, ours, remembered, theirs, data, outcome)
        sending = Sending(run, self._clock)
        actions = decide.decide(
            {uid: one for uid, one in ours.items() if uid not in left_out},
            {uid: one for uid, one in theirs.items() if uid not in left_out},
            {uid: one.known for uid, one in remembered.items() if uid not in left_out},
            asked=asked,
            deletions_meant=deletions_meant,
        )
        try:
            for number, action in enumerate(actions):
                if cancelled():
                    raise Cancelled
                progress(number, len(actions))
                self._apply(run, sending, action)
            sending.end()
        finally:
            # Whatever ended the run, what was done is remembered, and what was taken over is taken over.
            self._take_over(run)
            memory.flush()
        wrote = any(isinstance(action, decide.Create | decide.Replace | decide.Delete) for action in actions)
        if run.postponed:
            token = ""  # what was not carried out must show up in the next run, so that compares everything
        elif wrote and token:
            token = settled(items, token, {path: one.known.etag for path, one in paths(memory.all().values()).items()})
        memory.finish(token, account.id, self._clock.now())

    # --- both sides

    def _entries(self, account: Account, collection: SyncedCollection) -> dict[str, CalendarEntry]:
        known = gather.in_collection(collection.id)
        follow_ups, others = _takes(account, collection)
        with self._store.read() as session:
            return {
                entry.uid: entry
                for entry in gather.entries(session, self._conditions(collection), known)
                if (follow_ups if entry.kind is EntryKind.FOLLOW_UP else others)
            }

    def _closed(self, account: Account, collection: SyncedCollection, uids: Collection[str]) -> dict[str, Ours]:
        """What of these is closed here and has no entry of its own: another device may have put it there."""
        follow_ups, _ = _takes(account, collection)
        if not follow_ups or not uids:
            return {}
        with self._store.read() as session:
            return {entry.uid: _ours(entry) for entry in gather.closed(session, self._conditions(collection), uids)}

    def _conditions(self, collection: SyncedCollection) -> gather.Conditions:
        as_task = collection.purpose is Purpose.TASKS
        return gather.Conditions(self._settings.get(), self._clock.zone, self._clock.today(), as_task)

    def _their_side(
        self,
        items: Items,
        collection: SyncedCollection,
        remembered: Mapping[str, Remembered],
        outcome: SyncOutcome,
    ) -> tuple[dict[str, Theirs], dict[str, str], str]:
        """The whole of their side by uid, the texts of items, and the token to begin from next time."""
        by_path = paths(remembered.values())
        there = present(items, collection.token, {path: one.known.etag for path, one in by_path.items()})
        theirs: dict[str, Theirs] = {}
        data: dict[str, str] = {}
        to_read = []
        for path, etag in there.etags.items():
            one = by_path.get(path)
            if one is not None and one.known.etag == etag and etag:
                theirs[one.known.uid] = _theirs(one.known.uid, path, etag, one.known.facts)
                data[one.known.uid] = one.data
            else:
                to_read.append(path)
        for found in items.fetch(to_read):
            self._read(found, by_path, theirs, data, outcome)
        return theirs, data, there.token

    def _read(
        self,
        found: Item,
        by_path: Mapping[str, Remembered],
        theirs: dict[str, Theirs],
        data: dict[str, str],
        outcome: SyncOutcome,
    ) -> None:
        try:
            uid, facts = item.read(found.data)
        except item.Unreadable as reason:
            one = by_path.get(found.path)
            if one is None:
                return  # foreign, and none of our business
            # Ours, but damaged there: it still exists, so it counts as it was; the person is told.
            outcome.unreadable.append(f"{found.path.rsplit('/', 1)[-1]}: {reason}")
            uid = one.known.uid
            theirs[uid] = _theirs(uid, found.path, one.known.etag, one.known.facts)
            data[uid] = one.data
            return
        theirs[uid] = Theirs(uid, found.path, found.etag, facts.to_text(), facts.state)
        data[uid] = found.data

    # --- applying

    def _apply(self, run: Run, sending: Sending, action: decide.Action) -> None:
        uid = action.uid
        match action:
            case decide.Create():
                sending.create(uid)
            case decide.Replace(path=path, etag=etag):
                sending.replace(uid, path, etag)
            case decide.Delete(path=path, etag=etag):
                sending.delete(uid, path, etag)
            case decide.Accept():
                self._accept(run, action)
            case decide.AcceptDeletion():
                run.dropped.append(uid)
                run.outcome.dropped += 1
            case decide.Agree():
                self._agree(run, action)
            case decide.Forget():
                run.memory.forget(uid)
            case decide.Rest():
                run.memory.rest(uid, run.ours[uid].facts)
            case decide.Conflict():
                self._disagree(run, action)

    def _accept(self, run: Run, action: decide.Accept) -> None:
        uid = action.uid
        facts = item.Facts.from_text(run.theirs[uid].facts)
        kind = run.entries[uid].kind if uid in run.entries else EntryKind.FOLLOW_UP
        # What does not change here by it must not be written over what the person did there: a conference's own times
        # stand here, and an event that is off the calendar is still on.
        stays = kind is EntryKind.SESSION or (kind is EntryKind.EVENT and facts.state is not EntryState.OPEN)
        before = run.remembered.get(uid)
        # Else our words follow in the next run, and so does an Undo, which makes ours what it was before.
        fingerprint = before.known.fingerprint if before and stays else ""
        known = Known(uid, action.path, action.etag, fingerprint, run.theirs[uid].facts)
        if kind is EntryKind.SESSION:
            run.memory.keep(known, run.data[uid])
            return
        run.carried.append((known, run.data[uid]))
        run.accepted[uid] = facts
        run.outcome.accepted += 1

    def _agree(self, run: Run, action: decide.Agree) -> None:
        uid = action.uid
        before = run.remembered.get(uid)
        fingerprint = before.known.fingerprint if before else self._words_there(run, uid)
        run.memory.keep(Known(uid, action.path, action.etag, fingerprint, run.theirs[uid].facts), run.data[uid])

    def _words_there(self, run: Run, uid: str) -> str:
        """At the first meeting: our fingerprint if all that we show stands there, else "", so that it is written."""
        entry = run.entries.get(uid)
        try:
            same = entry is not None and item.says(run.data[uid], outgoing(entry, self._clock.now()), self._clock.now())
        except item.Unreadable:
            same = False
        return run.ours[uid].fingerprint if same else ""

    def _disagree(self, run: Run, action: decide.Conflict) -> None:
        uid = action.uid
        ours, theirs = run.ours.get(uid), run.theirs.get(uid)
        before = run.remembered.get(uid)
        run.outcome.disagreements += 1
        text = conflict_text(ours.facts if ours else "", theirs.facts if theirs else "")
        if before is not None and before.conflict == text:
            return  # it still waits
        known = before.known if before else Known(uid, "", "", "", "")
        # No entity tag is remembered, so that each run reads it anew: either side may change its mind.
        known = replace(known, path=action.path or known.path, etag="")
        run.memory.keep(known, run.data.get(uid, ""), text)

    def _take_over(self, run: Run) -> None:
        followups = [uid for uid in run.dropped if run.entries[uid].kind is EntryKind.FOLLOW_UP]
        if run.accepted or followups:
            run.outcome.changes |= apply.take_over(
                self._store, self._clock, self._settings.get(), run.accepted, followups
            )
        # Only now: after an end in between, what stands here would else pass for newer, and be written over theirs.
        for known, data in run.carried:
            run.memory.keep(known, data)
        for uid in run.dropped:
            if uid in followups:
                dropped = replace(item.Facts.from_text(run.ours[uid].facts), state=EntryState.CANCELLED)
                run.memory.rest(uid, dropped.to_text())
            else:
                run.memory.leave_out(uid)


def _takes(account: Account, collection: SyncedCollection) -> tuple[bool, bool]:
    """Whether follow-ups, and whether events and sessions, belong into this collection of the account."""
    if collection.purpose is Purpose.TASKS:
        return True, False
    return not any(other.purpose is Purpose.TASKS for other in account.collections), True


def _ours(entry: CalendarEntry, theirs: Theirs | None = None, zone: tzinfo = UTC) -> Ours:
    facts = item.facts_of_entry(entry)
    yields = theirs is not None and item.yields(entry, facts, theirs.facts, zone)
    return Ours(entry.uid, fingerprint(entry), facts.to_text(), entry.state, yields)


def _theirs(uid: str, path: str, etag: str, facts: str) -> Theirs:
    """An item that stands there as it was known."""
    return Theirs(uid, path, etag, facts, _state(facts))


@lru_cache(maxsize=4_096)
def _state(facts: str) -> EntryState:
    return item.Facts.from_text(facts).state
