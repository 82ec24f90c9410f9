"""From rows of the `BATCH_*` tables to the model and back."""

# ruff: noqa: SIM300 - Spring's upper-case column names are not constants

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Table, and_, select, update

from ressort.batch.model import (
    ExecutionContext,
    JobExecution,
    JobInstance,
    Reject,
    RunnerMark,
    StepExecution,
)
from ressort.batch.parameters import JobParameter, JobParameters
from ressort.batch.status import BatchStatus, ExitStatus
from ressort.batch.tables import BatchTables

Condition = ColumnElement[bool]
_SHORT = 2500
_ELLIPSIS = " ..."


def insert_execution(connection: Connection, t: BatchTables, execution: JobExecution) -> None:
    """The execution, its parameters and its context."""
    connection.execute(
        t.execution.insert().values(
            JOB_EXECUTION_ID=execution.id,
            VERSION=execution.version,
            JOB_INSTANCE_ID=execution.instance.id,
            CREATE_TIME=execution.create_time,
            **_ends(execution),
        )
    )
    if execution.parameters:
        connection.execute(
            t.params.insert(),
            [
                {
                    "JOB_EXECUTION_ID": execution.id,
                    "PARAMETER_NAME": name,
                    "PARAMETER_TYPE": parameter.type_name,
                    "PARAMETER_VALUE": parameter.text,
                    "IDENTIFYING": "Y" if parameter.identifying else "N",
                }
                for name, parameter in execution.parameters.items()
            ],
        )
    connection.execute(
        t.execution_context.insert().values(JOB_EXECUTION_ID=execution.id, **_serialised(execution.context))
    )


def update_execution(connection: Connection, t: BatchTables, execution: JobExecution) -> None:
    """Everything that changes while it runs; the caller holds the row."""
    connection.execute(
        update(t.execution)
        .where(t.execution.c.JOB_EXECUTION_ID == execution.id)
        .values(VERSION=execution.version + 1, **_ends(execution))
    )
    write_context(connection, t.execution_context, execution.id, execution.context)


def insert_step(connection: Connection, t: BatchTables, step: StepExecution) -> None:
    """The step execution and its context."""
    connection.execute(
        t.step.insert().values(
            STEP_EXECUTION_ID=step.id,
            VERSION=step.version,
            STEP_NAME=step.step_name,
            JOB_EXECUTION_ID=step.job_execution_id,
            CREATE_TIME=step.create_time,
            **_ends(step),
            **_counts(step),
        )
    )
    connection.execute(t.step_context.insert().values(STEP_EXECUTION_ID=step.id, **_serialised(step.context)))


def update_step(connection: Connection, t: BatchTables, step: StepExecution) -> bool:
    """False when the row is no longer at the version this run knows."""
    changed = connection.execute(
        update(t.step)
        .where(t.step.c.STEP_EXECUTION_ID == step.id, t.step.c.VERSION == step.version)
        .values(VERSION=step.version + 1, **_ends(step), **_counts(step))
    )
    if changed.rowcount != 1:
        return False
    write_context(connection, t.step_context, step.id, step.context)
    return True


def write_context(connection: Connection, table: Table, key: int, context: ExecutionContext) -> None:
    """Replace the kept context."""
    column = next(iter(table.primary_key.columns))
    connection.execute(update(table).where(column == key).values(**_serialised(context)))


def _serialised(context: ExecutionContext) -> dict[str, str | None]:
    text = json.dumps(context.as_dict(), separators=(",", ":"), ensure_ascii=False)
    if len(text) <= _SHORT:
        return {"SHORT_CONTEXT": text, "SERIALIZED_CONTEXT": None}
    return {"SHORT_CONTEXT": text[: _SHORT - len(_ELLIPSIS)] + _ELLIPSIS, "SERIALIZED_CONTEXT": text}


def _context(row: Any) -> ExecutionContext:
    return ExecutionContext(json.loads(row.SERIALIZED_CONTEXT or row.SHORT_CONTEXT))


def _ends(row: JobExecution | StepExecution) -> dict[str, Any]:
    return {
        "START_TIME": row.start_time,
        "END_TIME": row.end_time,
        "STATUS": row.status.value,
        "EXIT_CODE": row.exit_status.code,
        "EXIT_MESSAGE": row.exit_status.message[:_SHORT],
        "LAST_UPDATED": row.last_updated or row.create_time,
    }


def _counts(step: StepExecution) -> dict[str, int]:
    return {
        "COMMIT_COUNT": step.commit_count,
        "READ_COUNT": step.read_count,
        "FILTER_COUNT": step.filter_count,
        "WRITE_COUNT": step.write_count,
        "READ_SKIP_COUNT": step.read_skip_count,
        "WRITE_SKIP_COUNT": step.write_skip_count,
        "PROCESS_SKIP_COUNT": step.process_skip_count,
        "ROLLBACK_COUNT": step.rollback_count,
    }


def load_executions(
    connection: Connection,
    t: BatchTables,
    conditions: Sequence[Condition],
    newest_first: bool,
    limit: int | None,
) -> list[JobExecution]:
    """Executions with their parameters, contexts and steps: four queries whatever their number."""
    e = t.execution
    query = (
        select(e, t.instance.c.JOB_NAME, t.instance.c.JOB_KEY, t.execution_context)
        .join(t.instance, t.instance.c.JOB_INSTANCE_ID == e.c.JOB_INSTANCE_ID)
        .join(t.execution_context, t.execution_context.c.JOB_EXECUTION_ID == e.c.JOB_EXECUTION_ID)
        .where(*conditions)
        .order_by(e.c.JOB_EXECUTION_ID.desc() if newest_first else e.c.JOB_EXECUTION_ID)
    )
    found = connection.execute(query.limit(limit) if limit is not None else query).all()
    ids = [row.JOB_EXECUTION_ID for row in found]
    if not ids:
        return []
    parameters = _parameters(connection, t, ids)
    steps = _steps(connection, t, ids)
    return [_execution(row, parameters.get(row.JOB_EXECUTION_ID, {}), steps) for row in found]


def _execution(
    row: Any, parameters: dict[str, JobParameter], steps: dict[int, list[StepExecution]]
) -> JobExecution:
    return JobExecution(
        id=row.JOB_EXECUTION_ID,
        instance=JobInstance(row.JOB_INSTANCE_ID, row.JOB_NAME, row.JOB_KEY),
        parameters=JobParameters(parameters),
        create_time=row.CREATE_TIME,
        start_time=row.START_TIME,
        end_time=row.END_TIME,
        status=BatchStatus(row.STATUS),
        exit_status=ExitStatus(row.EXIT_CODE, row.EXIT_MESSAGE or ""),
        version=row.VERSION,
        last_updated=row.LAST_UPDATED,
        context=_context(row),
        steps=steps.get(row.JOB_EXECUTION_ID, []),
    )


def _parameters(
    connection: Connection, t: BatchTables, ids: Sequence[int]
) -> dict[int, dict[str, JobParameter]]:
    found: dict[int, dict[str, JobParameter]] = {}
    for row in connection.execute(select(t.params).where(t.params.c.JOB_EXECUTION_ID.in_(ids))):
        found.setdefault(row.JOB_EXECUTION_ID, {})[row.PARAMETER_NAME] = JobParameter.parsed(
            row.PARAMETER_TYPE, row.PARAMETER_VALUE or "", row.IDENTIFYING == "Y"
        )
    return found


def _steps(connection: Connection, t: BatchTables, ids: Sequence[int]) -> dict[int, list[StepExecution]]:
    query = (
        select(t.step, t.step_context.c.SHORT_CONTEXT, t.step_context.c.SERIALIZED_CONTEXT)
        .join(t.step_context, t.step.c.STEP_EXECUTION_ID == t.step_context.c.STEP_EXECUTION_ID)
        .where(t.step.c.JOB_EXECUTION_ID.in_(ids))
        .order_by(t.step.c.JOB_EXECUTION_ID, t.step.c.STEP_EXECUTION_ID)
    )
    loaded: Iterable[StepExecution] = map(_step, connection.execute(query))
    return {key: list(group) for key, group in groupby(loaded, key=lambda step: step.job_execution_id)}


def _step(row: Any) -> StepExecution:
    return StepExecution(
        id=row.STEP_EXECUTION_ID,
        step_name=row.STEP_NAME,
        job_execution_id=row.JOB_EXECUTION_ID,
        create_time=row.CREATE_TIME,
        start_time=row.START_TIME,
        end_time=row.END_TIME,
        status=BatchStatus(row.STATUS),
        exit_status=ExitStatus(row.EXIT_CODE, row.EXIT_MESSAGE or ""),
        read_count=row.READ_COUNT,
        write_count=row.WRITE_COUNT,
        filter_count=row.FILTER_COUNT,
        commit_count=row.COMMIT_COUNT,
        rollback_count=row.ROLLBACK_COUNT,
        read_skip_count=row.READ_SKIP_COUNT,
        process_skip_count=row.PROCESS_SKIP_COUNT,
        write_skip_count=row.WRITE_SKIP_COUNT,
        version=row.VERSION,
        last_updated=row.LAST_UPDATED,
        context=_context(row),
    )


def runner_values(mark: RunnerMark) -> dict[str, Any]:
    """Columns of `RESSORT_BATCH_RUNNER`."""
    return {
        "JOB_EXECUTION_ID": mark.job_execution_id,
        "HOST": mark.host,
        "PID": mark.pid,
        "PROCESS_STARTED_AT": mark.process_started_at,
        "HEARTBEAT_AT": mark.heartbeat_at,
        "TRACE_ID": mark.trace_id,
    }


def runner_mark(row: Row[Any]) -> RunnerMark:
    """The inverse of `runner_values`."""
    return RunnerMark(
        row.JOB_EXECUTION_ID, row.HOST, row.PID, row.PROCESS_STARTED_AT, row.HEARTBEAT_AT, row.TRACE_ID
    )


def reject_key(table: Table, reject: Reject) -> Condition:
    """What makes a reject the same reject."""
    return and_(
        table.c.JOB_INSTANCE_ID == reject.job_instance_id,
        table.c.STEP_NAME == reject.step_name,
        table.c.POSITION == reject.position,
    )


def reject_values(reject: Reject) -> dict[str, Any]:
    """Columns of `RESSORT_BATCH_REJECT`."""
    return {
        "JOB_INSTANCE_ID": reject.job_instance_id,
        "STEP_NAME": reject.step_name,
        "POSITION": reject.position,
        "JOB_EXECUTION_ID": reject.job_execution_id,
        "CODE": reject.code,
        "DETAIL": reject.detail,
        "ITEM": reject.item,
    }


def reject(row: Row[Any]) -> Reject:
    """The inverse of `reject_values`."""
    return Reject(
        row.JOB_INSTANCE_ID, row.JOB_EXECUTION_ID, row.STEP_NAME, row.POSITION, row.CODE, row.DETAIL, row.ITEM
    )
