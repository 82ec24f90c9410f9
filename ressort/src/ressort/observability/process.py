"""Figures of the process and its machine under the names Spring's dashboards ask for.

`jvm.*` names are emulated (heap = resident memory, threads = Python threads) because every published
dashboard and Spring Boot Admin's panels look for them. psutil is imported at the first look only.
"""

from __future__ import annotations

import gc
import os
import threading
import time
from typing import Any

from ressort.observability.metrics import MeterRegistry


def register_process_metrics(registry: MeterRegistry) -> None:
    """Register uptime, processor, memory, threads, files and garbage collection; nothing is read yet."""
    process = _Process()
    gauge = registry.gauge
    gauge("process.uptime", process.uptime_s, "The uptime of the process", "seconds")
    gauge("process.start.time", process.started, "Start time of the process since unix epoch", "seconds")
    gauge("process.cpu.usage", process.cpu_usage, "Recent processor use of the process, 0 to 1")
    registry.function_counter("process.cpu.time", process.cpu_time_ns, "Processor time used", "ns")
    gauge("process.files.open", process.open_files, "Open file descriptors", "files")
    gauge("process.files.max", process.max_files, "Maximum of file descriptors", "files")
    gauge("system.cpu.count", lambda: float(os.cpu_count() or 1), "Processors available")
    gauge("system.load.average.1m", lambda: os.getloadavg()[0], "Load average of the last minute")
    memory = {"area": "heap", "id": "rss"}
    gauge("jvm.memory.used", process.resident_bytes, "Memory in use", "bytes", **memory)
    gauge("jvm.memory.committed", process.resident_bytes, "Memory committed", "bytes", **memory)
    gauge("jvm.memory.max", process.memory_limit_bytes, "Memory available at most", "bytes", **memory)
    gauge("jvm.threads.live", threading.active_count, "Threads", "threads")
    gauge("jvm.threads.daemon", _daemon_threads, "Daemon threads", "threads")
    for generation in range(3):
        registry.function_counter(
            "python.gc.collections",
            lambda generation=generation: gc.get_stats()[generation]["collections"],  # type: ignore[misc]
            "Garbage collections",
            generation=generation,
        )


class _Process:
    """This process through psutil, looked up when asked so that a fork is never mistaken for its parent."""

    def __init__(self) -> None:
        self._pid: int | None = None
        self._found: Any = None
        self._last = (0.0, 0.0)

    def _process(self) -> Any:
        if self._pid != os.getpid():
            import psutil

            self._pid, self._found = os.getpid(), psutil.Process()
        return self._found

    def started(self) -> float:
        return float(self._process().create_time())

    def uptime_s(self) -> float:
        return time.time() - self.started()

    def cpu_usage(self) -> float:
        """Share of all processors since the previous look."""
        before_s, before_cpu = self._last
        now_s, now_cpu = time.monotonic(), time.process_time()
        self._last = (now_s, now_cpu)
        if not before_s or now_s <= before_s:
            return 0.0
        return (now_cpu - before_cpu) / (now_s - before_s) / (os.cpu_count() or 1)

    def cpu_time_ns(self) -> float:
        return float(time.process_time_ns())

    def open_files(self) -> float:
        return float(self._process().num_fds())

    def max_files(self) -> float:
        import resource

        return float(resource.getrlimit(resource.RLIMIT_NOFILE)[0])

    def resident_bytes(self) -> float:
        return float(self._process().memory_info().rss)

    def memory_limit_bytes(self) -> float:
        import psutil

        return float(psutil.virtual_memory().total)


def _daemon_threads() -> float:
    return float(sum(thread.daemon for thread in threading.enumerate()))
