"""Micrometer's names for jobs, steps, items and chunks (Spring Batch 5 and later, prefixed tag keys)."""

from __future__ import annotations

from ressort.observability.metrics import MeterRegistry


class BatchMetrics:
    """Records into a registry, or nowhere when there is none."""

    def __init__(self, registry: MeterRegistry | None = None) -> None:
        self._registry = registry
        self._active: dict[str, int] = {}

    def launched(self, job: str) -> None:
        """One more launch of a job."""
        if self._registry is not None:
            self._registry.counter(
                "spring.batch.job.launch.count", "Jobs launched", **_tags("job", name=job)
            ).increment()

    def started(self, job: str) -> None:
        """A job began to run in this process."""
        first = job not in self._active
        self._active[job] = self._active.get(job, 0) + 1
        if first and self._registry is not None:
            self._registry.gauge(
                "spring.batch.job.active.count",
                lambda: float(self._active.get(job, 0)),
                "Jobs running in this process",
                **_tags("job.active", name=job),
            )

    def ended(self, job: str, status: str, seconds: float) -> None:
        """A job ended in this process."""
        self._active[job] = self._active.get(job, 1) - 1
        self._record("spring.batch.job", "Duration of jobs", seconds, **_tags("job", name=job, status=status))

    def step(self, job: str, step: str, status: str, seconds: float) -> None:
        """A step ended."""
        tags = {
            "spring.batch.step.name": step,
            "spring.batch.step.job.name": job,
            "spring.batch.step.status": status,
        }
        self._record("spring.batch.step", "Duration of steps", seconds, **tags)

    def item(self, moment: str, job: str, step: str, ok: bool, seconds: float) -> None:
        """An item was read or processed: `moment` is `item.read` or `item.process`, or `chunk.write`."""
        prefix = f"spring.batch.{moment}"
        tags = {
            f"{prefix}.job.name": job,
            f"{prefix}.step.name": step,
            f"{prefix}.status": "SUCCESS" if ok else "FAILURE",
        }
        self._record(prefix, f"Duration of {moment}", seconds, **tags)

    def skipped(self, job: str, step: str, code: str) -> None:
        """One item went to the reject list."""
        if self._registry is not None:
            tags = {"job": job, "step": step, "code": code}
            self._registry.counter("ressort.batch.rejects", "Items left out as bad", **tags).increment()

    def _record(self, name: str, description: str, seconds: float, **tags: str) -> None:
        if self._registry is not None:
            self._registry.timer(name, description, **tags).record(seconds)


def _tags(subject: str, **values: str) -> dict[str, str]:
    return {f"spring.batch.{subject}.{key}": value for key, value in values.items()}
