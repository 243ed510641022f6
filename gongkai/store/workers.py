"""A supervised pool of reading processes: a crash, a hang or a memory blow-up costs one file, nothing else.

Why not concurrent.futures: there the death of one worker breaks the whole pool. Here the parent hands out one file at a
time, watches pipe, process and clock of each worker, and replaces a worker that died or overran.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import resource
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.context import ForkServerProcess
from pathlib import Path

from gongkai.documents import patience
from gongkai.documents.model import Document
from gongkai.errors import GongkaiError, UnreadableDocument
from gongkai.records import Report
from gongkai.store.archive import Archive

SECONDS = 60.0
"""How long one file may take."""
MEMORY = 2 * 1024**3
"""Bytes of address space of a reading process."""
FILE_SIZE = 200 * 1024**2
"""The largest file that is read at all, in bytes: a report is a few hundred KB, a long scan some 50 MB."""
FILES_PER_WORKER = 2000
"""After so many files a worker is replaced, so that what libraries leak stays bounded."""
_START_SECONDS = 120.0
"""How long a worker may take to import the reader, on a machine that is busy with other things."""
_READY = "ready"
MOST_SECONDS = 3600.0
"""How long one file may take with all that it asks for on top (the pages of a scan)."""

Reading = Callable[[Path, str | None], tuple[Document, list[Report]]]
"""What reads a file: gongkai.reading.read, or a test's own (a module-level function)."""


@dataclass(frozen=True, slots=True)
class Task:
    """A file to read, as named to the person, with its place in the order."""

    index: int
    path: Path
    source: str
    sha256: str
    version: str
    """Of the reader, by which what it makes of the file is kept apart from what an earlier one made."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a task: reports and the document's format, or the reason of a failure and a message."""

    task: Task
    reports: tuple[Report, ...] = ()
    format: str = ""
    reason: str | None = None
    message: str = ""


@dataclass(frozen=True, slots=True)
class Limits:
    """The limits of one file."""

    seconds: float = SECONDS
    memory: int = MEMORY
    file_size: int = FILE_SIZE


@dataclass(frozen=True, slots=True)
class _More:
    """What a worker sends when its file needs so many seconds on top, for work that takes long in earnest."""

    seconds: float


@dataclass(slots=True)
class _Worker:
    process: ForkServerProcess
    pipe: Connection
    deadline: float
    ready: bool = False
    task: Task | None = None
    files: int = 0
    latest: float = 0.0


def available() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0))


def read_all(
    tasks: Iterable[Task], reading: Reading, archive: Path, workers: int, limits: Limits | None = None
) -> Iterator[Outcome]:
    """Yield the outcome of every task, in the order of the tasks. At most a few dozen wait to be taken."""
    pool = _Pool(reading, archive, workers, limits or Limits())
    try:
        yield from pool.run(iter(tasks))
    finally:
        pool.close()


class _Pool:
    """The workers and what they are at."""

    def __init__(self, reading: Reading, archive: Path, workers: int, limits: Limits) -> None:
        self._context = multiprocessing.get_context("forkserver")
        self._context.set_forkserver_preload([reading.__module__, __name__])
        self._reading, self._archive, self._limits = reading, archive, limits
        self._count = max(1, workers)
        self._workers: list[_Worker] = []

    def run(self, tasks: Iterator[Task]) -> Iterator[Outcome]:
        ahead = 16 * self._count
        done: dict[int, Outcome] = {}
        order: list[int] = []
        first = 0
        waiting = next(tasks, None)
        while True:
            while waiting is not None and len(order) - first < ahead:
                refusal = self._refusal(waiting)
                if refusal is None:
                    worker = self._idle()
                    if worker is None:
                        break
                    self._hand(worker, waiting)
                else:
                    done[waiting.index] = refusal
                order.append(waiting.index)
                waiting = next(tasks, None)
            while first < len(order) and order[first] in done:
                yield done.pop(order[first])
                first += 1
            if waiting is None and first == len(order):
                return
            for outcome in self._collect():
                done[outcome.task.index] = outcome

    def close(self) -> None:
        for worker in self._workers:
            self._end(worker)
        self._workers.clear()

    def _refusal(self, task: Task) -> Outcome | None:
        try:
            size = task.path.stat().st_size
        except OSError as error:
            return Outcome(task, reason="damaged", message=f"cannot be opened ({error.strerror})")
        if size > self._limits.file_size:
            mebibytes = self._limits.file_size // 1024**2
            return Outcome(task, reason="too_large", message=f"is larger than {mebibytes} MiB; split or compress it")
        return None

    def _idle(self) -> _Worker | None:
        """A worker that can take a file now; starts those that are missing."""
        for worker in [worker for worker in self._workers if worker.task is None and worker.files >= FILES_PER_WORKER]:
            self._end(worker)
            self._workers.remove(worker)
        while len(self._workers) < self._count:
            self._workers.append(self._start())
        return next((worker for worker in self._workers if worker.ready and worker.task is None), None)

    def _start(self) -> _Worker:
        ours, theirs = self._context.Pipe()
        process = self._context.Process(
            target=_serve, args=(theirs, self._reading, self._archive, self._limits), daemon=True
        )
        process.start()
        theirs.close()
        return _Worker(process, ours, time.monotonic() + _START_SECONDS)

    def _hand(self, worker: _Worker, task: Task) -> None:
        now = time.monotonic()
        worker.task, worker.deadline, worker.latest = task, now + self._limits.seconds, now + MOST_SECONDS
        worker.files += 1
        # A worker that died since is noticed by _collect, which sees its pipe closed.
        with suppress(BrokenPipeError):
            worker.pipe.send(task)

    def _collect(self) -> list[Outcome]:
        """Wait for what workers have to say, or until one of them has overrun; return the outcomes."""
        active = [worker for worker in self._workers if worker.task is not None or not worker.ready]
        if not active:
            return []
        patience = max(0.0, min(worker.deadline for worker in active) - time.monotonic())
        heard = set(wait([worker.pipe for worker in active], patience))
        outcomes = [self._hear(worker) if worker.pipe in heard else self._overrun(worker) for worker in active]
        return [outcome for outcome in outcomes if outcome is not None]

    def _hear(self, worker: _Worker) -> Outcome | None:
        task = worker.task
        try:
            message = worker.pipe.recv()
        except (EOFError, OSError) as error:
            self._drop(worker)
            if task is None:
                raise GongkaiError("a reading process cannot be started; `gongkai parse FILE` shows why") from error
            return Outcome(task, reason="crashed", message="the reading process died on it")
        if message == _READY:
            worker.ready = True
            return None
        if isinstance(message, _More):
            worker.deadline = max(worker.deadline, min(worker.deadline + message.seconds, worker.latest))
            # Its memory limit is raised for this file: the next one gets a worker of the ordinary size.
            worker.files = FILES_PER_WORKER
            return None
        outcome: Outcome = message
        worker.task = None
        if outcome.reason == "too_large":
            # It ran out of memory: whatever state it is in now, the next file shall not suffer from it.
            self._drop(worker)
        return outcome

    def _overrun(self, worker: _Worker) -> Outcome | None:
        if time.monotonic() < worker.deadline:
            return None
        task = worker.task
        self._drop(worker)
        if task is None:
            raise GongkaiError(f"a reading process did not start within {_START_SECONDS:g} seconds")
        return Outcome(task, reason="timeout", message=f"was not read within {self._limits.seconds:g} seconds")

    def _drop(self, worker: _Worker) -> None:
        worker.process.kill()
        self._end(worker)
        self._workers.remove(worker)

    @staticmethod
    def _end(worker: _Worker) -> None:
        worker.pipe.close()
        worker.process.join(1.0)
        if worker.process.is_alive():
            worker.process.kill()
            worker.process.join()


def _serve(pipe: Connection, reading: Reading, archive: Path, limits: Limits) -> None:
    """A worker's life: read what comes through the pipe until it is closed."""
    # Nothing that a library prints may get between the lines of the parent's output.
    silence = os.open(os.devnull, os.O_WRONLY)
    os.dup2(silence, 1)
    os.dup2(silence, 2)
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (_within(limits.memory, hard), hard))
    patience.on_request(lambda seconds, memory: _grant(pipe, limits.memory + memory, seconds))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    store = Archive(archive)
    # A document is thousands of small records, hardly any of them in circles: looking for those less often takes a
    # tenth off the time, and what is loaded by now need never be looked at.
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)
    pipe.send(_READY)
    while True:
        try:
            task = pipe.recv()
        except (EOFError, OSError):
            return
        _limit_processor_time(limits.seconds)
        outcome = _read(task, reading, store)
        try:
            pipe.send(outcome)
        except (BrokenPipeError, MemoryError):
            return


def _within(value: int, hard: int) -> int:
    return value if hard == resource.RLIM_INFINITY else min(value, hard)


def _grant(pipe: Connection, memory: int, seconds: float) -> None:
    """Give a file that takes long in earnest its time and memory; the parent ends it at MOST_SECONDS all the same."""
    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    if soft < memory:
        resource.setrlimit(resource.RLIMIT_AS, (_within(memory, hard), hard))
    soft, hard = resource.getrlimit(resource.RLIMIT_CPU)
    if soft != resource.RLIM_INFINITY:
        resource.setrlimit(resource.RLIMIT_CPU, (_within(soft + 2 * int(seconds), hard), hard))
    pipe.send(_More(seconds))


def _limit_processor_time(seconds: float) -> None:
    """Even if the parent is gone, a reader that loops for ever ends: by SIGXCPU, soon after its time is up."""
    usage = resource.getrusage(resource.RUSAGE_SELF)
    used = int(usage.ru_utime + usage.ru_stime)
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (used + 2 * int(seconds) + 2, hard))


def _read(task: Task, reading: Reading, archive: Archive) -> Outcome:
    try:
        document, reports = reading(task.path, task.source)
        if not reports:
            return Outcome(task, reason="no_report", message="nothing in it is a report")
        if document.sha256 != task.sha256:
            return Outcome(task, reason="damaged", message="changed while it was read; ingest it again")
        archive.add(task.path, document, task.version)
    except UnreadableDocument as error:
        return Outcome(task, reason=error.reason, message=str(error))
    except MemoryError:
        return Outcome(task, reason="too_large", message="needs more memory than a document may take")
    except RecursionError:
        return Outcome(task, reason="damaged", message="is nested too deeply")
    except Exception as error:  # noqa: BLE001 - a mistake of ours in one document must not cost the others
        place = _place(error)
        return Outcome(task, reason="crashed", message=f"the reader failed: {type(error).__name__}{place}: {error}")
    return Outcome(task, tuple(reports), document.format)


def _place(error: BaseException) -> str:
    """Where in our own code an unexpected error came from, for whoever has to mend it."""
    trace, found = error.__traceback__, ""
    while trace is not None:
        name = trace.tb_frame.f_globals.get("__name__", "")
        if str(name).startswith("gongkai.") and name != __name__:
            found = f" in {name}, line {trace.tb_lineno}"
        trace = trace.tb_next
    return found
