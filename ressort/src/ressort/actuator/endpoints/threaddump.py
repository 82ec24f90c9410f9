"""`/actuator/threaddump`: every thread and where it stands, in the JVM's shape."""

from __future__ import annotations

import sys
import threading
import traceback
from types import FrameType
from typing import Any

from ressort.actuator.endpoint import JSON_TYPES, Answer, Call, Endpoint

_TEXT = "text/plain;charset=UTF-8"
_WAITING_MODULES = ("threading", "queue", "select", "selectors", "socket", "wasyncore", "ssl", "subprocess")
_NEVER = {"blockedTime": -1, "blockedCount": 0, "waitedTime": -1, "waitedCount": 0}
_NO_LOCKS: dict[str, Any] = {
    "lockName": None,
    "lockOwnerId": -1,
    "lockOwnerName": None,
    "lockInfo": None,
    "lockedMonitors": [],
    "lockedSynchronizers": [],
}


def threaddump_endpoint() -> Endpoint:
    """JSON, or text for `Accept: text/plain`."""

    def read(call: Call) -> Any:
        frames = sys._current_frames()
        threads = [(t, frames[t.ident]) for t in threading.enumerate() if t.ident in frames]
        if call.accept == _TEXT:
            return Answer("\n".join(_text(t, f) for t, f in threads).encode(), content_type=_TEXT)
        return {"threads": [_thread(t, f) for t, f in threads]}

    return Endpoint("threaddump", read=read, produces=(*JSON_TYPES, _TEXT))


def _thread(thread: threading.Thread, frame: FrameType) -> dict[str, Any]:
    return {
        "threadName": thread.name,
        "threadId": thread.native_id,
        "daemon": thread.daemon,
        "threadState": _state(frame),
        "priority": 5,
        "inNative": False,
        "suspended": False,
        "stackTrace": [_element(summary) for summary in reversed(traceback.extract_stack(frame))],
        **_NEVER,
        **_NO_LOCKS,
    }


def _state(frame: FrameType) -> str:
    module = frame.f_globals.get("__name__", "").rsplit(".", 1)[-1]
    return "WAITING" if module in _WAITING_MODULES else "RUNNABLE"


def _element(summary: traceback.FrameSummary) -> dict[str, Any]:
    return {
        "classLoaderName": None,
        "moduleName": None,
        "moduleVersion": None,
        "className": summary.filename.rsplit("/", 1)[-1].removesuffix(".py"),
        "methodName": summary.name,
        "fileName": summary.filename,
        "lineNumber": summary.lineno,
        "nativeMethod": False,
    }


def _text(thread: threading.Thread, frame: FrameType) -> str:
    head = f'"{thread.name}" #{thread.native_id} {_state(frame)}\n'
    return head + "".join(traceback.format_stack(frame))
