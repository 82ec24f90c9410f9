"""Ending executions whose process is gone, so that they can be restarted."""

from __future__ import annotations

import os
import socket
from datetime import timedelta

import psutil

from ressort.batch.model import JobExecution, RunnerMark
from ressort.batch.options import BatchOptions
from ressort.batch.repository import JobRepository
from ressort.clock import Clock

_SAME_START_S = 1.0


def own_mark(execution: JobExecution, clock: Clock, trace_id: str | None) -> RunnerMark:
    """The mark of this process on an execution."""
    started = psutil.Process().create_time()
    return RunnerMark(execution.id, socket.gethostname(), os.getpid(), started, clock.now(), trace_id)


def recover_crashed(
    repository: JobRepository, clock: Clock, options: BatchOptions, job_name: str | None = None
) -> list[int]:
    """End every running execution whose process is provably gone or has been silent too long.

    Returns:
        Ids of the executions that are FAILED now, with an end time and `batch.recovered` in their context.
    """
    recovered = []
    for execution in repository.running_executions(job_name):
        reason = _why_dead(execution, repository.runner(execution.id), clock, options)
        if reason is not None and repository.end_crashed(execution.id, clock.now(), reason):
            recovered.append(execution.id)
    return recovered


def _why_dead(
    execution: JobExecution, mark: RunnerMark | None, clock: Clock, options: BatchOptions
) -> str | None:
    if mark is not None and mark.host == socket.gethostname() and not _alive(mark):
        return f"the process {mark.pid} that ran it on {mark.host} is gone"
    heard = mark.heartbeat_at if mark is not None else execution.create_time
    silence = clock.now() - heard
    if silence > timedelta(seconds=options.dead_after_s):
        return f"nothing heard of its process for {silence.total_seconds():.0f} s"
    return None


def _alive(mark: RunnerMark) -> bool:
    """A process of that number which started at that time: numbers are used again."""
    try:
        process = psutil.Process(mark.pid)
        if process.status() == psutil.STATUS_ZOMBIE:
            return False
        return abs(process.create_time() - mark.process_started_at) < _SAME_START_S
    except psutil.NoSuchProcess:
        return False
    except psutil.AccessDenied:
        return True
