# SPDX-License-Identifier: MIT
"""One profile folder at work: its database, its lock, its clock and ids. Where services begin."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import gettempdir
from types import TracebackType
from typing import TYPE_CHECKING, Self

from leaddesk.core.domain.roles import Rep
from leaddesk.core.errors import KnownError
from leaddesk.core.services.clock import Clock, system_clock
from leaddesk.core.services.ids import Ids

if TYPE_CHECKING:
    from leaddesk.core.domain.call import Call
    from leaddesk.core.domain.calling import CallingRules, Whereabouts
    from leaddesk.core.domain.playbook import Playbook
    from leaddesk.core.domain.results import Results
    from leaddesk.core.store.engine import Store
    from leaddesk.core.store.instance_lock import InstanceLock

DATABASE_NAME = "leaddesk.sqlite"
LOCK_NAME = "leaddesk.lock"

Texts = Callable[[str, str], Mapping[str, str]]
"""Folder of `resources/` and suffix -> file name without suffix -> text, sorted by name."""


@dataclass(slots=True)
class Workspace:
    """What every service needs. Belongs to the one thread that opened it.

    Attributes:
        profile: The folder with the database, settings and backups.
        texts: Reads the data files shipped with the program.
        lock: Held while this workspace may write; None in a read-only one.
        active_playbook, playbooks, playbook_texts, playbook_files: Playbooks read so far (the one
            for new calls; by fingerprint; by file name), see `services.playbooks`.
        rep: Who works here, as the settings say; `playbook_id` is the playbook they call
            with, `is_silent`: they see no score before the end.
        calling_rules, call_results, whereabouts: Read and worked out so far, see
            `services.calling`.
        scratch: Folder of files that are thrown away: where there is room for the leads themselves.
        talking: The call on which an answer was given: nothing of it has to be looked up for the
            next one. Nobody else can end it, since this workspace holds the lock.
    """

    store: "Store"
    clock: Clock
    ids: Ids
    profile: Path
    texts: Texts
    lock: "InstanceLock | None" = None
    active_playbook: "Playbook | None" = None
    playbooks: "dict[str, Playbook]" = field(default_factory=dict)
    playbook_texts: dict[str, str] = field(default_factory=dict)
    playbook_files: "dict[str, Playbook]" = field(default_factory=dict)
    rep: Rep = field(default_factory=Rep)
    playbook_id: str = "bant"
    is_silent: bool = False
    calling_rules: "CallingRules | None" = None
    call_results: "Results | None" = None
    whereabouts: "dict[str, Whereabouts]" = field(default_factory=dict)
    talking: "Call | None" = None
    scratch: Path = field(default_factory=lambda: Path(gettempdir()))

    def close(self) -> None:
        """Close the database, then let go of the lock. May be called twice."""
        self.store.close()
        if self.lock is not None:
            self.lock.release()

    @contextmanager
    def writing(self) -> "Iterator[Store]":
        """Yield a store that can add facts: a read-only workspace opens one for the moment.

        For what only adds, such as that a decision was exported; it is no danger to the window
        that has the same profile open.
        """
        if self.lock is not None:
            yield self.store
            return
        from leaddesk.core.store.engine import Store

        store = Store.open(self.profile / DATABASE_NAME)
        try:
            yield store
        finally:
            store.close()

    @contextmanager
    def reading(self) -> "Iterator[Store]":
        """Yield a second store that only reads.

        A transaction in it sees one state for as long as it takes, while this workspace writes.
        """
        from leaddesk.core.store.engine import Store

        store = Store.open(self.profile / DATABASE_NAME, read_only=True)
        try:
            yield store
        finally:
            store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


def default_profile() -> Path:
    """Return the folder a person's leads are kept in when no other is named."""
    import platformdirs

    return Path(platformdirs.user_data_dir("leaddesk", appauthor=False))


def named_profile(path: Path) -> Path:
    """Return the folder a person named, "~" understood.

    Raises:
        KnownError: there is no such user.
    """
    try:
        return path.expanduser()
    except RuntimeError as error:
        raise KnownError(
            f"There is no home folder for {path}.", "Name the whole path of the profile."
        ) from error


def take_lock(profile: Path) -> "InstanceLock":
    """Return the lock of a profile, taken; its folder is made where needed.

    Raises:
        KnownError: another leaddesk has this profile open, or the folder cannot be used.
    """
    from leaddesk.core.store.instance_lock import InstanceLock

    _make_folder(profile)
    return InstanceLock.take(profile / LOCK_NAME)


def open_workspace(
    profile: Path,
    texts: Texts,
    *,
    read_only: bool = False,
    lock: "InstanceLock | None" = None,
    clock: Clock = system_clock,
) -> Workspace:
    """Return the profile, opened: folder and database made or migrated where needed.

    Args:
        profile: The folder.
        texts: Reads the data files shipped with the program.
        read_only: Look only: takes no lock and changes nothing, so it works beside a window.
        lock: The lock of the profile where it is taken already; the workspace lets go of it.
        clock: What time it is.

    Raises:
        KnownError: another leaddesk has this profile open; the folder or the database cannot be
            used, in words.
    """
    from leaddesk.core.store.engine import Store

    database = profile / DATABASE_NAME
    if read_only:
        _refuse_no_folder(database)
    if not read_only and lock is None:
        lock = take_lock(profile)
    try:
        store = Store.open(database, read_only=read_only)
        with store.read() as unit:
            ids = Ids(bytes.fromhex(unit.team_secret()))
    except BaseException:
        if lock is not None:
            lock.release()
        raise
    work = Workspace(store, clock, ids, profile, texts, lock)
    if not read_only:
        work.scratch = profile
        _finish_imports(work)
    return work


def _finish_imports(work: Workspace) -> None:
    """Finish what was stopped on its way in; there is a staging file then."""
    if any(work.profile.glob("*.stage")):
        from leaddesk.core.services.import_taking import finish_left_over

        try:
            finish_left_over(work)
        except BaseException:
            work.close()
            raise


def _refuse_no_folder(database: Path) -> None:
    try:
        database.stat()
    except FileNotFoundError:
        return
    except OSError as error:
        raise KnownError(
            f"The folder {database.parent} cannot be used: {error.strerror}.",
            "Check the path and who may use it, or name another folder with --profile.",
        ) from error


def _make_folder(profile: Path) -> None:
    try:
        profile.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise KnownError(
            f"The folder {profile} for leaddesk's data cannot be made: {error.strerror}.",
            "Check the path and who may write there, or name another folder with --profile.",
        ) from error
