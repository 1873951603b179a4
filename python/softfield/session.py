"""One long-lived process of softfield, and the pipe to it."""

from __future__ import annotations

import atexit
import collections
import itertools
import os
import queue
import subprocess
import sys
import threading
import weakref
from typing import Any, Callable, Deque, Dict, Mapping, Optional, Sequence, Tuple, Union

import numpy as np

from . import _pipe
from ._find import Command, find_command
from .errors import InternalError, ResourceError, SoftfieldError, UsageError, error_of

#: What is told of long work: stage, units done, units in all, further words.
ProgressFunction = Callable[[str, int, int, Optional[str]], None]
Progress = Union[None, bool, ProgressFunction]

_PROTOCOL = 1
_sessions: "weakref.WeakSet[Session]" = weakref.WeakSet()


class _Process:
    """A process that runs, with a thread that reads what it says."""

    def __init__(self, command: Sequence[str], drop: Callable[[int], None]) -> None:
        self._drop = drop
        options: Dict[str, Any] = {}
        if os.name == "nt":
            options["creationflags"] = subprocess.CREATE_NEW_PROCESS_GROUP  # type: ignore[attr-defined]
        else:
            # Ctrl-C is for Python, which stops the request and keeps the process
            options["start_new_session"] = True
        self.popen = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            bufsize=0,
            **options,
        )
        _widen(self.popen)
        self.write_lock = threading.Lock()
        self.waiting: Dict[int, "queue.SimpleQueue[Tuple[Dict[str, Any], _pipe.Arrays]]"] = {}
        self.abandoned: Dict[int, bool] = {}
        self.said: Deque[str] = collections.deque(maxlen=30)
        self.ended = False
        self._hello: "queue.SimpleQueue[Optional[Dict[str, Any]]]" = queue.SimpleQueue()
        self._errors = threading.Thread(target=self._hear_errors, name="softfield-stderr", daemon=True)
        self._errors.start()
        self._reader = threading.Thread(target=self._hear, name="softfield-pipe", daemon=True)
        self._reader.start()
        hello = self._hello.get()
        if hello is None:
            self.end()
            raise ResourceError(f"{' '.join(command)} did not start:\n{self.last_words()}")
        if hello.get("protocol") != _PROTOCOL:
            self.end()
            raise ResourceError(
                f"softfield {hello.get('softfield')} speaks version {hello.get('protocol')} of the pipe, this package "
                f"version {_PROTOCOL}: install both from one release"
            )
        self.version = str(hello.get("softfield"))

    def last_words(self) -> str:
        self._errors.join(timeout=1)
        return "\n".join(self.said) or f"(nothing was said; exit code {self.popen.poll()})"

    def _hear_errors(self) -> None:
        stream = self.popen.stderr
        assert stream is not None
        for line in stream:
            self.said.append(line.decode(errors="replace").rstrip())

    def _hear(self) -> None:
        stream = self.popen.stdout
        assert stream is not None
        try:
            while True:
                message = _pipe.read(stream)
                if message is None:
                    break
                self._take(*message)
        except (OSError, ValueError) as error:
            self.said.append(str(error))
        self.ended = True
        self._hello.put(None)
        for waiting in list(self.waiting.values()):
            waiting.put(({"type": "ended"}, {}))

    def _take(self, head: Dict[str, Any], arrays: _pipe.Arrays) -> None:
        if head["type"] == "hello":
            self._hello.put(head)
            return
        number = head["id"]
        if number in self.abandoned:
            if head["type"] == "progress":
                return
            del self.abandoned[number]
            handle = head.get("value", {}).get("handle")
            if handle is not None:
                # made for someone who no longer waits for it; this thread reads and never writes
                self._drop(handle)
            return
        waiting = self.waiting.get(number)
        if waiting is not None:
            waiting.put((head, arrays))

    def send(self, head: Mapping[str, Any], arrays: Mapping[str, np.ndarray], *, blocking: bool = True) -> bool:
        """Writes a message; without ``blocking`` only where no one else is writing."""
        return self.write(_pipe.encoded(head, arrays), blocking=blocking)

    def write(self, pieces: Sequence[Any], *, blocking: bool = True) -> bool:
        """An encoded message."""
        stream = self.popen.stdin
        assert stream is not None
        if not self.write_lock.acquire(blocking=blocking):
            return False
        try:
            for piece in pieces:
                view = memoryview(piece)
                while len(view) > 0:
                    view = view[stream.write(view) :]
        finally:
            self.write_lock.release()
        return True

    def end(self) -> None:
        try:
            if self.popen.stdin is not None:
                self.popen.stdin.close()
        except OSError:
            pass
        try:
            self.popen.wait(timeout=5)
        except subprocess.TimeoutExpired:
            self.popen.kill()
            self.popen.wait()
        for thread, stream in ((self._reader, self.popen.stdout), (self._errors, self.popen.stderr)):
            if thread is not threading.current_thread():
                thread.join(timeout=5)
                if stream is not None and not thread.is_alive():
                    stream.close()

    def let_go(self) -> None:
        """In a forked child: the pipes are the parent's."""
        for stream in (self.popen.stdin, self.popen.stdout, self.popen.stderr):
            try:
                if stream is not None:
                    os.close(stream.fileno())
            except (OSError, ValueError):
                pass
        self.popen.returncode = 0


class Session:
    """One process of softfield. Requests are done one after the other, from however many threads they come.

    Most programs need no session of their own: all functions take the one that ``softfield.session()`` gives. Several
    sessions compute at the same time.

    Parameters
    ----------
    command
        How softfield is started; see ``find_command``. The process is started by the first request.
    plugins
        Files of plug-ins (docs/plugins.md).
    threads
        That share the work on a large glass; default: all cores. No result depends on it.

    The process ends with ``close``, the end of a ``with`` block, or Python itself, however that ends. A process that died is
    started anew by the next request. A child made by ``fork`` gets a process of its own.
    """

    def __init__(self, command: Optional[Command] = None, *, plugins: Sequence[Union[str, "os.PathLike[str]"]] = (), threads: Optional[int] = None) -> None:
        self._asked = command
        self._threads = threads
        self._plugins = [os.path.abspath(plugin) for plugin in plugins]
        self._lock = threading.Lock()
        self._process: Optional[_Process] = None
        self._numbers = itertools.count(1)
        #: How many processes there have been: what one held, the next has not.
        self.generation = 0
        self._to_close: Deque[Tuple[int, int]] = collections.deque()
        _sessions.add(self)

    def _running(self) -> _Process:
        with self._lock:
            if self._process is None or self._process.ended:
                if self._process is not None:
                    self._process.end()
                    self._process = None
                words = [*find_command(self._asked), "serve", "--pipe"]
                if self._threads is not None:
                    words += ["--threads", str(self._threads)]
                for plugin in self._plugins:
                    words += ["--plugin", plugin]
                generation = self.generation + 1
                self._process = _Process(words, lambda handle: self._to_close.append((generation, handle)))
                self.generation = generation
            return self._process

    @property
    def version(self) -> str:
        """Of the softfield that computes."""
        return self._running().version

    @property
    def pid(self) -> int:
        """Of the process."""
        return self._running().popen.pid

    def request(
        self,
        method: str,
        params: Mapping[str, Any],
        arrays: Optional[Mapping[str, np.ndarray]] = None,
        progress: Progress = None,
        forces: Optional[Callable[[np.ndarray], Tuple[float, Mapping[str, np.ndarray]]]] = None,
    ) -> Tuple[Dict[str, Any], _pipe.Arrays]:
        """Asks for one thing and waits for it; what can be asked for is in docs/python.md.

        ``forces``: energy, and arrays ``forces`` and ``energies``, at positions (N, d), where the process asks for them.

        A ``KeyboardInterrupt`` stops the work in the process too. Raises ``SoftfieldError``.
        """
        given = {key: value for key, value in params.items() if value is not None}
        for key, value in given.items():
            if isinstance(value, (float, np.floating)) and not np.isfinite(value):
                raise UsageError(f"{key} = {value}: give a finite number", {"field": key})
        number = next(self._numbers)
        try:
            message = _pipe.encoded({"id": number, "method": method, "params": given}, arrays or {})
        except (TypeError, ValueError) as error:
            raise UsageError(f"{method}: {error}") from None
        process = self._running()
        self._close_dropped(process)
        waiting: "queue.SimpleQueue[Tuple[Dict[str, Any], _pipe.Arrays]]" = queue.SimpleQueue()
        process.waiting[number] = waiting
        tell = _teller(progress)
        over = False
        try:
            try:
                process.write(message)
            except OSError:
                process.ended = True
            while True:
                if process.ended and waiting.empty():
                    head, found = {"type": "ended"}, {}
                else:
                    try:
                        # in short waits, so that Ctrl-C is heard on every system
                        head, found = waiting.get(timeout=0.5)
                    except queue.Empty:
                        continue
                if head["type"] == "progress":
                    if tell:
                        tell(head["stage"], head["done"], head["total"], head.get("detail"))
                    continue
                if head["type"] == "forces":
                    _answer_forces(process, head["call"], found["positions"], forces)
                    continue
                over = True
                if head["type"] == "answer":
                    return head["value"], found
                if head["type"] == "failure":
                    raise error_of(head["failure"])
                raise ResourceError(f"softfield's process ended in the middle of its work:\n{process.last_words()}")
        finally:
            if not over:
                self._give_up(process, number, waiting if "checkpoint" in given else None)
            process.waiting.pop(number, None)
            if tell:
                tell("", 0, 0, None)

    @staticmethod
    def _give_up(process: _Process, number: int, answers: "Optional[queue.SimpleQueue[Any]]") -> None:
        """Stops a request. Where it keeps a checkpoint its ``answers`` are heard to the end, by which that is written: a script that
        ends by this Ctrl-C would take the process with it. Another Ctrl-C ends the waiting.
        """
        heard = False
        if answers is None:
            process.abandoned[number] = True
        try:
            process.send({"cancel": number}, {})
            while answers is not None and not heard and not (process.ended and answers.empty()):
                try:
                    heard = answers.get(timeout=0.5)[0]["type"] not in ("progress", "forces")
                except queue.Empty:
                    continue
        except OSError:
            pass
        finally:
            if not heard:
                process.abandoned[number] = True

    def drop(self, generation: int, handle: int) -> None:
        """Lets go of what the process holds, at once or before the next request; may be called from anywhere."""
        self._to_close.append((generation, handle))
        process = self._process
        if process is not None and not process.ended:
            self._close_dropped(process)

    def _close_dropped(self, process: _Process) -> None:
        # A finaliser may run in the middle of anything that this very thread does: nothing here waits for a lock.
        while self._to_close:
            try:
                generation, handle = self._to_close.popleft()
            except IndexError:
                return
            if generation != self.generation:
                continue
            number = next(self._numbers)
            process.abandoned[number] = True
            head = {"id": number, "method": "close", "params": {"handle": handle}}
            try:
                if not process.send(head, {}, blocking=False):
                    process.abandoned.pop(number, None)
                    self._to_close.append((generation, handle))
                    return
            except (OSError, ValueError):
                return

    def close(self) -> None:
        """Ends the process; a later request starts another one."""
        with self._lock:
            process, self._process = self._process, None
        if process is not None:
            process.end()

    def __enter__(self) -> "Session":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _forked(self) -> None:
        if self._process is not None:
            self._process.let_go()
        self._process = None
        self._lock = threading.Lock()
        self._to_close.clear()


def _answer_forces(
    process: _Process,
    call: int,
    positions: np.ndarray,
    forces: Optional[Callable[[np.ndarray], Tuple[float, Mapping[str, np.ndarray]]]],
) -> None:
    """Computes in this thread, the caller's own; what an engine raises goes on to the caller."""
    if forces is None:
        process.send({"forces": call, "fault": "nothing here computes forces"}, {})
        return
    energy, found = forces(positions)
    process.send({"forces": call, "energy": energy}, found)


def _teller(progress: Progress) -> Optional[ProgressFunction]:
    if callable(progress):
        given = progress

        def tell(stage: str, done: int, total: int, detail: Optional[str]) -> None:
            if total > 0:
                given(stage, done, total, detail)

        return tell
    if not progress:
        return None
    shown = [0]

    def show(stage: str, done: int, total: int, detail: Optional[str]) -> None:
        if total <= 0:
            if shown[0]:
                sys.stderr.write("\r" + " " * shown[0] + "\r")
                sys.stderr.flush()
            return
        line = f"{stage} {done}/{total}" + (f" {detail}" if detail else "")
        sys.stderr.write("\r" + line.ljust(shown[0]))
        sys.stderr.flush()
        shown[0] = max(shown[0], len(line))

    return show


def _widen(popen: "subprocess.Popen[bytes]") -> None:
    """Pipes that hold a megabyte, where the system has them: fewer turns for large arrays."""
    if not sys.platform.startswith("linux"):
        return
    import fcntl

    for stream in (popen.stdin, popen.stdout):
        try:
            if stream is not None:
                fcntl.fcntl(stream.fileno(), 1031, 1 << 20)
        except OSError:
            pass


_default: Optional[Session] = None
_default_lock = threading.Lock()


def session() -> Session:
    """The session that functions take where they are given none; made when it is first needed."""
    global _default
    with _default_lock:
        if _default is None:
            _default = Session()
        return _default


def connect(command: Optional[Command] = None, **options: Any) -> Session:
    """Makes a session the one that functions take, e.g. ``softfield.connect("/opt/softfield/bin/softfield")``."""
    global _default
    made = Session(command, **options)
    with _default_lock:
        before, _default = _default, made
    if before is not None:
        before.close()
    return made


@atexit.register
def _end_all() -> None:
    for one in list(_sessions):
        one.close()


if hasattr(os, "register_at_fork"):

    def _after_fork() -> None:
        global _default_lock
        _default_lock = threading.Lock()
        for one in list(_sessions):
            one._forked()

    os.register_at_fork(after_in_child=_after_fork)

__all__ = ["Progress", "ProgressFunction", "Session", "SoftfieldError", "InternalError", "connect", "session"]
