"""The job repository on a service's own database, in Spring Batch's tables."""

# ruff: noqa: SIM300 - Spring's upper-case column names are not constants

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from datetime import datetime

from sqlalchemy import Connection, MetaData, func, select, update
from sqlalchemy.exc import IntegrityError

from ressort.batch import _sql_rows as rows
from ressort.batch.errors import (
    JobExecutionNotRunningError,
    JobExecutionStateError,
    NoSuchJobExecutionError,
    OptimisticLockError,
)
from ressort.batch.model import (
    ExecutionContext,
    JobExecution,
    JobInstance,
    Reject,
    RunnerMark,
    StepExecution,
)
from ressort.batch.parameters import JobParameters
from ressort.batch.repository import Guard, check_launch
from ressort.batch.status import BatchStatus
from ressort.batch.tables import batch_tables
from ressort.clock import Clock
from ressort.data import Database


class SqlJobRepository:
    """See `JobRepository`; the tables of `ressort.batch.tables` are made by the service's migrations."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock
        self._t = batch_tables(MetaData())

    def transaction(self) -> AbstractContextManager[Connection]:
        """The database's transaction: business writes made inside are committed with it."""
        return self._database.transaction()

    def after_commit(self, callback: Callable[[], None]) -> None:
        """Run `callback` once the transaction open here has committed."""
        with self._database.transaction() as connection:
            self._database.after_commit(connection, callback)

    # launching ----------------------------------------------------------------------------------

    def create_job_execution(
        self,
        job_name: str,
        parameters: JobParameters,
        *,
        restartable: bool = True,
        guard: Guard | None = None,
    ) -> JobExecution:
        """See `JobRepository`."""
        self._ensure_instance(job_name, parameters.key())
        with self.transaction() as connection:
            instance = self._locked_instance(connection, job_name, parameters.key())
            earlier = self._load(connection, self._t.execution.c.JOB_INSTANCE_ID == instance.id)
            last = check_launch(instance, earlier, restartable)
            if guard is not None:
                guard()
            context = ExecutionContext(last.context.as_dict() if last else None)
            number = self._next(connection, "BATCH_JOB_EXECUTION_SEQ")
            execution = JobExecution(number, instance, parameters, self._clock.now(), context=context)
            execution.last_updated = execution.create_time
            rows.insert_execution(connection, self._t, execution)
            return execution

    def _ensure_instance(self, job_name: str, key: str) -> None:
        """Insert the instance row in a transaction of its own, so that racing launchers then share its lock.

        An instance without executions means nothing: it is reused, whatever stopped its first launch.
        """
        if self._find_instance(job_name, key) is not None:
            return
        try:
            with self.transaction() as connection, connection.begin_nested():
                number = self._next(connection, "BATCH_JOB_INSTANCE_SEQ")
                connection.execute(
                    self._t.instance.insert().values(
                        JOB_INSTANCE_ID=number, VERSION=0, JOB_NAME=job_name, JOB_KEY=key
                    )
                )
        except IntegrityError:
            if self._find_instance(job_name, key) is None:
                raise

    def _find_instance(self, job_name: str, key: str) -> JobInstance | None:
        t = self._t.instance
        with self._database.read() as connection:
            found = connection.execute(select(t).where(t.c.JOB_NAME == job_name, t.c.JOB_KEY == key)).first()
        return None if found is None else JobInstance(found.JOB_INSTANCE_ID, job_name, key)

    def _locked_instance(self, connection: Connection, job_name: str, key: str) -> JobInstance:
        t = self._t.instance
        query = select(t).where(t.c.JOB_NAME == job_name, t.c.JOB_KEY == key).with_for_update()
        return JobInstance(connection.execute(query).one().JOB_INSTANCE_ID, job_name, key)

    def _next(self, connection: Connection, sequence: str) -> int:
        table = self._t.sequences[sequence]
        connection.execute(update(table).values(ID=table.c.ID + 1))
        return int(connection.execute(select(table.c.ID)).scalar_one())

    # executions ---------------------------------------------------------------------------------

    def update_job_execution(self, execution: JobExecution) -> None:
        """See `JobRepository`."""
        with self.transaction() as connection:
            self._synchronise(connection, execution, lock=True)
            execution.last_updated = self._clock.now()
            rows.update_execution(connection, self._t, execution)
            execution.version += 1

    def refresh_status(self, execution: JobExecution) -> BatchStatus:
        """See `JobRepository`."""
        with self._database.read() as connection:
            return self._synchronise(connection, execution, lock=False)

    def _synchronise(self, connection: Connection, execution: JobExecution, lock: bool) -> BatchStatus:
        version, status, _ = self._state(connection, execution.id, lock)
        if version != execution.version:
            if status is not BatchStatus.STOPPING:
                raise OptimisticLockError(f"execution {execution.id} was ended by another process")
            execution.version = version
            if execution.status.running:
                execution.status = status
        return status

    def _state(
        self, connection: Connection, execution_id: int, lock: bool = True
    ) -> tuple[int, BatchStatus, bool]:
        """Version, status and whether it runs."""
        t = self._t.execution
        query = select(t.c.VERSION, t.c.STATUS, t.c.END_TIME).where(t.c.JOB_EXECUTION_ID == execution_id)
        row = connection.execute(query.with_for_update() if lock else query).first()
        if row is None:
            raise NoSuchJobExecutionError(execution_id)
        status = BatchStatus(row.STATUS)
        return row.VERSION, status, row.END_TIME is None or status.running

    def request_stop(self, execution_id: int) -> None:
        """See `JobRepository`."""
        with self.transaction() as connection:
            version, status, running = self._state(connection, execution_id)
            if not running:
                raise JobExecutionNotRunningError(f"execution {execution_id} is {status}")
            if status is not BatchStatus.STOPPING:
                self._set_status(connection, execution_id, version, STATUS=BatchStatus.STOPPING.value)

    def abandon(self, execution_id: int, now: datetime) -> None:
        """See `JobRepository`."""
        with self.transaction() as connection:
            version, status, running = self._state(connection, execution_id)
            if running or status is BatchStatus.COMPLETED:
                raise JobExecutionStateError(f"execution {execution_id} is {status}")
            self._set_status(
                connection, execution_id, version, STATUS=BatchStatus.ABANDONED.value, LAST_UPDATED=now
            )

    def _set_status(self, connection: Connection, execution_id: int, version: int, **values: object) -> None:
        t = self._t.execution
        connection.execute(
            update(t).where(t.c.JOB_EXECUTION_ID == execution_id).values(VERSION=version + 1, **values)
        )

    def end_crashed(self, execution_id: int, now: datetime, reason: str) -> bool:
        """See `JobRepository`."""
        with self.transaction() as connection:
            version, _, running = self._state(connection, execution_id)
            if not running:
                return False
            ended = {
                "STATUS": BatchStatus.FAILED.value,
                "END_TIME": now,
                "LAST_UPDATED": now,
                "EXIT_CODE": "FAILED",
                "EXIT_MESSAGE": reason,
            }
            t = self._t.step
            connection.execute(
                update(t)
                .where(t.c.JOB_EXECUTION_ID == execution_id, t.c.END_TIME.is_(None))
                .values(VERSION=t.c.VERSION + 1, **ended)
            )
            self._set_status(connection, execution_id, version, **ended)
            self._flag_recovered(connection, execution_id)
            return True

    def _flag_recovered(self, connection: Connection, execution_id: int) -> None:
        execution = self._one(connection, execution_id)
        execution.context["batch.recovered"] = True
        rows.write_context(connection, self._t.execution_context, execution_id, execution.context)

    def job_execution(self, execution_id: int) -> JobExecution:
        """See `JobRepository`."""
        with self._database.read() as connection:
            return self._one(connection, execution_id)

    def _one(self, connection: Connection, execution_id: int) -> JobExecution:
        found = self._load(connection, self._t.execution.c.JOB_EXECUTION_ID == execution_id)
        if not found:
            raise NoSuchJobExecutionError(execution_id)
        return found[0]

    def job_executions(
        self, job_name: str, limit: int = 50, before_id: int | None = None
    ) -> list[JobExecution]:
        """See `JobRepository`."""
        conditions = [self._t.instance.c.JOB_NAME == job_name]
        if before_id is not None:
            conditions.append(self._t.execution.c.JOB_EXECUTION_ID < before_id)
        with self._database.read() as connection:
            return self._load(connection, *conditions, newest_first=True, limit=limit)

    def instance_executions(self, instance_id: int) -> list[JobExecution]:
        """See `JobRepository`."""
        with self._database.read() as connection:
            return self._load(connection, self._t.execution.c.JOB_INSTANCE_ID == instance_id)

    def latest_of_instances(self, job_name: str) -> list[JobExecution]:
        """See `JobRepository`."""
        t, i = self._t.execution, self._t.instance
        latest = (
            select(func.max(t.c.JOB_EXECUTION_ID))
            .join(i, t.c.JOB_INSTANCE_ID == i.c.JOB_INSTANCE_ID)
            .where(i.c.JOB_NAME == job_name)
            .group_by(t.c.JOB_INSTANCE_ID)
        )
        with self._database.read() as connection:
            return self._load(connection, t.c.JOB_EXECUTION_ID.in_(latest), newest_first=True)

    def running_executions(self, job_name: str | None = None) -> list[JobExecution]:
        """See `JobRepository`."""
        t = self._t.execution
        conditions: list[rows.Condition] = [t.c.END_TIME.is_(None)]
        if job_name is not None:
            conditions.append(self._t.instance.c.JOB_NAME == job_name)
        with self._database.read() as connection:
            return self._load(connection, *conditions)

    def count_executions(self, job_name: str) -> int:
        """See `JobRepository`."""
        t, i = self._t.execution, self._t.instance
        query = (
            select(func.count())
            .select_from(t.join(i, t.c.JOB_INSTANCE_ID == i.c.JOB_INSTANCE_ID))
            .where(i.c.JOB_NAME == job_name)
        )
        with self._database.read() as connection:
            return int(connection.execute(query).scalar_one())

    def _load(
        self,
        connection: Connection,
        *conditions: rows.Condition,
        newest_first: bool = False,
        limit: int | None = None,
    ) -> list[JobExecution]:
        return rows.load_executions(connection, self._t, conditions, newest_first, limit)

    # steps --------------------------------------------------------------------------------------

    def add_step_execution(
        self, execution: JobExecution, step_name: str, context: ExecutionContext
    ) -> StepExecution:
        """See `JobRepository`."""
        with self.transaction() as connection:
            number = self._next(connection, "BATCH_STEP_EXECUTION_SEQ")
            step = StepExecution(number, step_name, execution.id, self._clock.now(), context=context)
            rows.insert_step(connection, self._t, step)
        execution.steps.append(step)
        return step

    def update_step_execution(self, step: StepExecution) -> None:
        """See `JobRepository`."""
        with self.transaction() as connection:
            step.last_updated = self._clock.now()
            if not rows.update_step(connection, self._t, step):
                raise OptimisticLockError(f"step execution {step.id} was ended by another process")
            step.version += 1

    # side tables --------------------------------------------------------------------------------

    def mark_runner(self, mark: RunnerMark) -> None:
        """See `JobRepository`."""
        with self.transaction() as connection:
            connection.execute(
                self._t.runner.delete().where(self._t.runner.c.JOB_EXECUTION_ID == mark.job_execution_id)
            )
            connection.execute(self._t.runner.insert().values(**rows.runner_values(mark)))

    def heartbeat(self, execution_ids: Sequence[int], now: datetime) -> None:
        """See `JobRepository`."""
        t = self._t.runner
        with self.transaction() as connection:
            connection.execute(
                update(t).where(t.c.JOB_EXECUTION_ID.in_(list(execution_ids))).values(HEARTBEAT_AT=now)
            )

    def runner(self, execution_id: int) -> RunnerMark | None:
        """See `JobRepository`."""
        t = self._t.runner
        with self._database.read() as connection:
            row = connection.execute(select(t).where(t.c.JOB_EXECUTION_ID == execution_id)).first()
        return None if row is None else rows.runner_mark(row)

    def add_rejects(self, rejects: Sequence[Reject]) -> None:
        """See `JobRepository`."""
        if not rejects:
            return
        t = self._t.reject
        with self.transaction() as connection:
            for reject in rejects:
                key = rows.reject_key(t, reject)
                if connection.execute(select(t.c.POSITION).where(key)).first() is None:
                    connection.execute(t.insert().values(**rows.reject_values(reject)))

    def rejects(self, instance_id: int, limit: int = 1000, after: int = 0) -> list[Reject]:
        """See `JobRepository`."""
        t = self._t.reject
        query = select(t).where(t.c.JOB_INSTANCE_ID == instance_id)
        query = query.order_by(t.c.POSITION, t.c.STEP_NAME).limit(limit).offset(after)
        with self._database.read() as connection:
            return [rows.reject(row) for row in connection.execute(query)]

    def count_rejects(self, instance_id: int) -> int:
        """See `JobRepository`."""
        t = self._t.reject
        query = select(func.count()).select_from(t).where(t.c.JOB_INSTANCE_ID == instance_id)
        with self._database.read() as connection:
            return int(connection.execute(query).scalar_one())
