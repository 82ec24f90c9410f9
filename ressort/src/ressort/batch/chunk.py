"""The chunk-oriented step: read some, process each, write them together, remember the place."""

from __future__ import annotations

import copy
import logging
import time
from collections.abc import Callable
from dataclasses import dataclass, field, fields
from typing import Any, Generic, Protocol, TypeVar

from ressort.batch.errors import RejectedItemError, SkipLimitExceededError
from ressort.batch.model import ExecutionContext, Reject, StepExecution
from ressort.batch.status import COMPLETED, ExitStatus
from ressort.batch.step import StepScope

logger = logging.getLogger(__name__)

_STOP_LATENCY_S = 0.5

T = TypeVar("T")
R = TypeVar("R", covariant=True)
U = TypeVar("U")


class ItemReader(Protocol[R]):
    """A source of items in a stable order.

    `read` is called outside any transaction: a slow source never holds a database lock. Its place is kept by
    `update`, called inside the transaction that commits the chunk.
    """

    def open(self, context: ExecutionContext) -> None:
        """Go to the place kept in the context (empty on a first run)."""

    def read(self) -> R | None:
        """The next item, or None at the end. RejectedItemError for an item to be left out."""

    def update(self, context: ExecutionContext) -> None:
        """Keep the place behind the last item read."""

    def close(self) -> None:
        """Give back what `open` took."""


@dataclass(frozen=True)
class Item(Generic[T]):
    """An item with its place in the source (1-based) and what it looked like there."""

    position: int
    value: T
    source: str


@dataclass
class Chunk(Generic[T]):
    """What a writer gets; it may turn single items down."""

    items: list[Item[T]]
    rejected: dict[int, RejectedItemError] = field(default_factory=dict)

    def values(self) -> list[T]:
        """The bare items."""
        return [item.value for item in self.items]

    def reject(self, item: Item[T], code: str, detail: str) -> None:
        """Leave one item out and go on; it counts against the skip limit and is kept in the reject list."""
        self.rejected[item.position] = RejectedItemError(code, detail, item.position, item.source)


Processor = Callable[[T], "U | None"]
Writer = Callable[[Chunk[U]], None]


@dataclass
class ChunkStep(Generic[T, U]):
    """Reads up to `chunk_size` items, processes each (None leaves it out, counted as filtered), writes them.

    The write, the counters, the reader's place and the reject list are one transaction. With `remote_write`
    the writer calls other services: it runs before that transaction and must be idempotent, since a crash in
    between makes the chunk come again.

    Args:
        position: place of an item in its source; default: the running number of the item.
        describe: text of an item for the reject list.
        skip_limit: how many bad items one instance of the step tolerates; None: any number.
        retryable: errors of processing or writing after which the chunk is processed and written again.
        max_retries: how often, the first try not counted.
        pause_s: how long to wait before the n-th retry, counted from 1; a stop asked meanwhile is honoured.
    """

    name: str
    reader: ItemReader[T]
    processor: Processor[T, U]
    writer: Writer[U]
    chunk_size: int = 100
    remote_write: bool = False
    position: Callable[[T], int] | None = None
    describe: Callable[[T], str] = repr
    skip_limit: int | None = 0
    retryable: tuple[type[Exception], ...] = ()
    max_retries: int = 3
    pause_s: Callable[[int], float] = lambda retry: 0.0
    allow_start_if_complete: bool = False
    start_limit: int = 1_000_000

    def run(self, scope: StepScope) -> ExitStatus:
        """Until the reader ends. Raises what made the step fail, StopRequestedError when asked to stop."""
        self.reader.open(scope.step.context)
        try:
            ended = False
            while not ended:
                scope.check_stop()
                ended = _ChunkRun(self, scope).run()
        finally:
            self.reader.close()
        return COMPLETED


class _ChunkRun(Generic[T, U]):
    """One chunk, from reading to commit."""

    def __init__(self, step: ChunkStep[T, U], scope: StepScope) -> None:
        self._step = step
        self._scope = scope
        self._execution = scope.step
        self._read: list[Item[T]] = []
        self._read_rejects: list[RejectedItemError] = []
        self._ended = False
        self._scanning = False

    def run(self) -> bool:
        """True when the source has ended."""
        for listener in self._scope.listeners:
            listener.before_chunk(self._execution)
        self._fill()
        tries = 0
        while True:
            kept = _snapshot(self._execution)
            try:
                self._process_and_write()
                return self._ended
            except Exception as error:
                _restore(self._execution, kept)
                self._execution.rollback_count += 1
                for listener in self._scope.listeners:
                    listener.after_chunk_error(self._execution, error)
                if isinstance(error, RejectedItemError) and not self._scanning:
                    self._scanning = True
                    continue
                if not isinstance(error, self._step.retryable) or tries >= self._step.max_retries:
                    raise
                tries += 1
                self._wait(self._step.pause_s(tries), error)

    def _wait(self, pause_s: float, error: Exception) -> None:
        if pause_s > 0:
            logger.warning("step %s tries its chunk again in %g s: %s", self._step.name, pause_s, error)
        end = time.monotonic() + pause_s
        while (left := end - time.monotonic()) > 0:
            time.sleep(min(left, _STOP_LATENCY_S))
            self._scope.check_stop()

    def _fill(self) -> None:
        read = self._execution.read_count + self._execution.read_skip_count
        while len(self._read) + len(self._read_rejects) < self._step.chunk_size and not self._ended:
            read += 1
            started = time.perf_counter()
            try:
                value = self._step.reader.read()
            except RejectedItemError as error:
                self._measure("item.read", False, started)
                error.position = error.position or read
                self._read_rejects.append(error)
                continue
            if value is None:
                self._ended = True
                return
            self._measure("item.read", True, started)
            place = self._step.position(value) if self._step.position else read
            self._read.append(Item(place, value, self._step.describe(value)))

    def _process_and_write(self) -> None:
        rejects = list(self._read_rejects)
        chunk, process_rejects, filtered = self._process()
        if self._step.remote_write:
            chunk = self._write_or_scan(chunk, dry_run=False)
        elif self._scanning:
            chunk = self._write_or_scan(chunk, dry_run=True)
        with self._scope.repository.transaction():
            if not self._step.remote_write and chunk.items:
                self._write(chunk)
            rejects += process_rejects + list(chunk.rejected.values())
            self._count(len(process_rejects), filtered, chunk)
            self._record(rejects)
            self._step.reader.update(self._execution.context)
            for listener in self._scope.listeners:
                listener.after_chunk(self._execution)
            self._scope.repository.update_step_execution(self._execution)

    def _process(self) -> tuple[Chunk[U], list[RejectedItemError], int]:
        outputs: list[Item[U]] = []
        rejects: list[RejectedItemError] = []
        filtered = 0
        for item in self._read:
            started = time.perf_counter()
            try:
                output = self._step.processor(item.value)
            except RejectedItemError as error:
                self._measure("item.process", False, started)
                rejects.append(_placed(error, item))
                continue
            self._measure("item.process", True, started)
            if output is None:
                filtered += 1
            else:
                outputs.append(Item(item.position, output, item.source))
        return Chunk(outputs), rejects, filtered

    def _write_or_scan(self, chunk: Chunk[U], dry_run: bool) -> Chunk[U]:
        """Write the chunk; when an unnamed item of it is bad, find it by trying each alone."""
        if not chunk.items:
            return chunk
        if not dry_run:
            try:
                self._write(chunk)
                return chunk
            except RejectedItemError:
                self._execution.rollback_count += 1
        rejected: dict[int, RejectedItemError] = {}
        for item in chunk.items:
            error = self._try_alone(item, dry_run)
            if error is not None:
                rejected[item.position] = _placed(error, item)
        good = [item for item in chunk.items if item.position not in rejected]
        return Chunk(good if dry_run else chunk.items, rejected)

    def _try_alone(self, item: Item[U], dry_run: bool) -> RejectedItemError | None:
        alone = Chunk([item])
        try:
            if dry_run:
                with self._scope.repository.transaction():
                    self._step.writer(alone)
                    raise _DryRunError
            self._step.writer(alone)
        except _DryRunError:
            pass
        except RejectedItemError as error:
            return error
        return alone.rejected.get(item.position)

    def _write(self, chunk: Chunk[U]) -> None:
        started = time.perf_counter()
        try:
            self._step.writer(chunk)
        except Exception:
            self._measure("chunk.write", False, started)
            raise
        self._measure("chunk.write", True, started)

    def _count(self, process_rejects: int, filtered: int, chunk: Chunk[U]) -> None:
        step = self._execution
        step.read_count += len(self._read)
        step.read_skip_count += len(self._read_rejects)
        step.process_skip_count += process_rejects
        step.filter_count += filtered
        step.write_skip_count += len(chunk.rejected)
        step.write_count += sum(item.position not in chunk.rejected for item in chunk.items)
        step.commit_count += 1

    def _record(self, errors: list[RejectedItemError]) -> None:
        limit = self._step.skip_limit
        if limit is not None and errors and self._execution.skip_count > limit:
            first = errors[0]
            raise SkipLimitExceededError(
                f"step '{self._step.name}': more than {limit} bad items, one at position {first.position}: "
                f"{first.detail}"
            ) from first
        rejects = [self._reject(error) for error in errors]
        self._scope.repository.add_rejects(rejects)
        for reject in rejects:
            self._scope.metrics.skipped(self._scope.job.instance.job_name, self._step.name, reject.code)
            for listener in self._scope.listeners:
                listener.on_skip(reject)

    def _reject(self, error: RejectedItemError) -> Reject:
        job = self._scope.job
        return Reject(
            job.instance.id,
            job.id,
            self._step.name,
            error.position or 0,
            error.code,
            error.detail,
            error.item or "",
        )

    def _measure(self, moment: str, ok: bool, started: float) -> None:
        job = self._scope.job.instance.job_name
        self._scope.metrics.item(moment, job, self._step.name, ok, time.perf_counter() - started)


class _DryRunError(Exception):
    """Undoes a trial write."""


def _placed(error: RejectedItemError, item: Item[Any]) -> RejectedItemError:
    error.position = error.position or item.position
    error.item = error.item if error.item is not None else item.source
    return error


_COUNTED = tuple(f.name for f in fields(StepExecution) if f.name.endswith("_count") or f.name == "version")


def _snapshot(step: StepExecution) -> tuple[dict[str, int], dict[str, Any]]:
    return {name: getattr(step, name) for name in _COUNTED}, copy.deepcopy(step.context.as_dict())


def _restore(step: StepExecution, kept: tuple[dict[str, int], dict[str, Any]]) -> None:
    rollbacks = step.rollback_count
    for name, value in kept[0].items():
        setattr(step, name, value)
    step.rollback_count = rollbacks
    step.context = ExecutionContext(kept[1])
