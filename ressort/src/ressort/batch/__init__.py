"""Chunk-oriented batch in Spring Batch's tables: launch, restart, skip, stop, recover; ShedLock's table."""

from ressort.batch._memory import InMemoryJobRepository
from ressort.batch._sql import SqlJobRepository
from ressort.batch.chunk import Chunk, ChunkStep, Item, ItemReader
from ressort.batch.errors import (
    BatchError,
    JobExecutionAlreadyRunningError,
    JobExecutionNotRunningError,
    JobExecutionStateError,
    JobInstanceAlreadyCompleteError,
    JobParametersInvalidError,
    JobRestartError,
    NoSuchJobError,
    NoSuchJobExecutionError,
    OptimisticLockError,
    RejectedItemError,
    SkipLimitExceededError,
)
from ressort.batch.job_operator import JobOperator
from ressort.batch.listeners import BatchListener
from ressort.batch.model import (
    ExecutionContext,
    JobExecution,
    JobInstance,
    Reject,
    RunnerMark,
    StepExecution,
)
from ressort.batch.options import BatchOptions
from ressort.batch.parameters import JobParameter, JobParameters, ParameterValue
from ressort.batch.repository import JobRepository
from ressort.batch.shedlock import ShedLockProvider, create_shedlock_table, shedlock_table
from ressort.batch.status import COMPLETED, NOOP, BatchStatus, ExitStatus
from ressort.batch.step import Job, Step, StepScope, StopRequestedError, TaskletStep
from ressort.batch.tables import BatchTables, batch_tables, create_batch_tables, drop_batch_tables

__all__ = [
    "COMPLETED",
    "NOOP",
    "BatchError",
    "BatchListener",
    "BatchOptions",
    "BatchStatus",
    "BatchTables",
    "Chunk",
    "ChunkStep",
    "ExecutionContext",
    "ExitStatus",
    "InMemoryJobRepository",
    "Item",
    "ItemReader",
    "Job",
    "JobExecution",
    "JobExecutionAlreadyRunningError",
    "JobExecutionNotRunningError",
    "JobExecutionStateError",
    "JobInstance",
    "JobInstanceAlreadyCompleteError",
    "JobOperator",
    "JobParameter",
    "JobParameters",
    "JobParametersInvalidError",
    "JobRepository",
    "JobRestartError",
    "NoSuchJobError",
    "NoSuchJobExecutionError",
    "OptimisticLockError",
    "ParameterValue",
    "Reject",
    "RejectedItemError",
    "RunnerMark",
    "ShedLockProvider",
    "SkipLimitExceededError",
    "SqlJobRepository",
    "Step",
    "StepExecution",
    "StepScope",
    "StopRequestedError",
    "TaskletStep",
    "batch_tables",
    "create_batch_tables",
    "create_shedlock_table",
    "drop_batch_tables",
    "shedlock_table",
]
