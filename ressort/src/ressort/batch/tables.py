"""Spring Batch's six `BATCH_*` tables and three sequences, and two side tables of ours.

The six keep Spring's names, columns and MySQL types so that every Spring Batch viewer can read them; what we
add stands beside them: `RESSORT_BATCH_RUNNER` (who runs an execution, last heartbeat) and
`RESSORT_BATCH_REJECT` (bad items of a step).
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import (
    CHAR,
    BigInteger,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
)
from sqlalchemy.dialects import mysql

from ressort.data import Instant

_ID = BigInteger().with_variant(Integer, "sqlite")
_LONG_TEXT = Text().with_variant(mysql.LONGTEXT(), "mysql", "mariadb")
SEQUENCES = ("BATCH_JOB_INSTANCE_SEQ", "BATCH_JOB_EXECUTION_SEQ", "BATCH_STEP_EXECUTION_SEQ")


@dataclass(frozen=True)
class BatchTables:
    """The tables of one MetaData; attribute names are the table names without their prefix."""

    instance: Table
    execution: Table
    params: Table
    step: Table
    step_context: Table
    execution_context: Table
    sequences: dict[str, Table]
    runner: Table
    reject: Table

    def all(self) -> list[Table]:
        """In creation order."""
        return [
            self.instance, self.execution, self.params, self.step, self.step_context, self.execution_context,
            *self.sequences.values(), self.runner, self.reject,
        ]  # fmt: skip


def batch_tables(metadata: MetaData) -> BatchTables:
    """Declare the tables in `metadata`."""
    return BatchTables(
        instance=_instance(metadata),
        execution=_execution(metadata),
        params=_params(metadata),
        step=_step(metadata),
        step_context=_context(
            metadata, "BATCH_STEP_EXECUTION_CONTEXT", "STEP_EXECUTION_ID", "BATCH_STEP_EXECUTION"
        ),
        execution_context=_context(
            metadata, "BATCH_JOB_EXECUTION_CONTEXT", "JOB_EXECUTION_ID", "BATCH_JOB_EXECUTION"
        ),
        sequences={name: _sequence(metadata, name) for name in SEQUENCES},
        runner=_runner(metadata),
        reject=_reject(metadata),
    )


def create_batch_tables() -> None:
    """Inside an Alembic revision's `upgrade()`: create them all and start the sequences."""
    from alembic import op

    tables = batch_tables(MetaData())
    for table in tables.all():
        table.create(op.get_bind())
    for sequence in tables.sequences.values():
        op.get_bind().execute(sequence.insert().values(ID=0, UNIQUE_KEY="0"))


def drop_batch_tables() -> None:
    """Inside an Alembic revision's `downgrade()`."""
    from alembic import op

    for table in reversed(batch_tables(MetaData()).all()):
        op.drop_table(table.name)


def _instance(metadata: MetaData) -> Table:
    return Table(
        "BATCH_JOB_INSTANCE",
        metadata,
        Column("JOB_INSTANCE_ID", _ID, primary_key=True, autoincrement=False),
        Column("VERSION", BigInteger),
        Column("JOB_NAME", String(100), nullable=False),
        Column("JOB_KEY", String(32), nullable=False),
        UniqueConstraint("JOB_NAME", "JOB_KEY", name="JOB_INST_UN"),
    )


def _execution(metadata: MetaData) -> Table:
    return Table(
        "BATCH_JOB_EXECUTION",
        metadata,
        Column("JOB_EXECUTION_ID", _ID, primary_key=True, autoincrement=False),
        Column("VERSION", BigInteger),
        Column("JOB_INSTANCE_ID", _ID, ForeignKey("BATCH_JOB_INSTANCE.JOB_INSTANCE_ID"), nullable=False),
        Column("CREATE_TIME", Instant, nullable=False),
        Column("START_TIME", Instant),
        Column("END_TIME", Instant),
        Column("STATUS", String(10)),
        Column("EXIT_CODE", String(2500)),
        Column("EXIT_MESSAGE", String(2500)),
        Column("LAST_UPDATED", Instant),
        Index("ix_batch_execution_instance", "JOB_INSTANCE_ID"),
    )


def _params(metadata: MetaData) -> Table:
    return Table(
        "BATCH_JOB_EXECUTION_PARAMS",
        metadata,
        Column("JOB_EXECUTION_ID", _ID, ForeignKey("BATCH_JOB_EXECUTION.JOB_EXECUTION_ID"), nullable=False),
        Column("PARAMETER_NAME", String(100), nullable=False),
        Column("PARAMETER_TYPE", String(100), nullable=False),
        Column("PARAMETER_VALUE", String(2500)),
        Column("IDENTIFYING", CHAR(1), nullable=False),
        Index("ix_batch_params_execution", "JOB_EXECUTION_ID"),
    )


def _step(metadata: MetaData) -> Table:
    counts = ("COMMIT", "READ", "FILTER", "WRITE", "READ_SKIP", "WRITE_SKIP", "PROCESS_SKIP", "ROLLBACK")
    return Table(
        "BATCH_STEP_EXECUTION",
        metadata,
        Column("STEP_EXECUTION_ID", _ID, primary_key=True, autoincrement=False),
        Column("VERSION", BigInteger, nullable=False),
        Column("STEP_NAME", String(100), nullable=False),
        Column("JOB_EXECUTION_ID", _ID, ForeignKey("BATCH_JOB_EXECUTION.JOB_EXECUTION_ID"), nullable=False),
        Column("CREATE_TIME", Instant, nullable=False),
        Column("START_TIME", Instant),
        Column("END_TIME", Instant),
        Column("STATUS", String(10)),
        *(Column(f"{name}_COUNT", BigInteger) for name in counts),
        Column("EXIT_CODE", String(2500)),
        Column("EXIT_MESSAGE", String(2500)),
        Column("LAST_UPDATED", Instant),
        Index("ix_batch_step_execution", "JOB_EXECUTION_ID"),
    )


def _context(metadata: MetaData, name: str, key: str, parent: str) -> Table:
    return Table(
        name,
        metadata,
        Column(key, _ID, ForeignKey(f"{parent}.{key}"), primary_key=True, autoincrement=False),
        Column("SHORT_CONTEXT", String(2500), nullable=False),
        Column("SERIALIZED_CONTEXT", _LONG_TEXT),
    )


def _sequence(metadata: MetaData, name: str) -> Table:
    return Table(
        name,
        metadata,
        Column("ID", BigInteger, nullable=False),
        Column("UNIQUE_KEY", CHAR(1), nullable=False, unique=True),
    )


def _runner(metadata: MetaData) -> Table:
    return Table(
        "RESSORT_BATCH_RUNNER",
        metadata,
        Column("JOB_EXECUTION_ID", _ID, primary_key=True, autoincrement=False),
        Column("HOST", String(255), nullable=False),
        Column("PID", Integer, nullable=False),
        Column("PROCESS_STARTED_AT", Float(53), nullable=False),
        Column("HEARTBEAT_AT", Instant, nullable=False),
        Column("TRACE_ID", String(32)),
    )


def _reject(metadata: MetaData) -> Table:
    return Table(
        "RESSORT_BATCH_REJECT",
        metadata,
        Column("JOB_INSTANCE_ID", _ID, primary_key=True, autoincrement=False),
        Column("STEP_NAME", String(100), primary_key=True),
        Column("POSITION", BigInteger, primary_key=True, autoincrement=False),
        Column("JOB_EXECUTION_ID", _ID, nullable=False),
        Column("CODE", String(100), nullable=False),
        Column("DETAIL", _LONG_TEXT, nullable=False),
        Column("ITEM", _LONG_TEXT, nullable=False),
    )
