"""A reverse proxy that does to requests what a poor network does. One request for each connection."""

import asyncio
import contextlib
import threading
import time
from collections import Counter, namedtuple

from tests.faults import plan as faults

MOST = 64 * 1024 * 1024
# A request that took no harm has no fault. `status` is the server's, None where it was not asked.
Passed = namedtuple("Passed", "at method path fault status")
Head = namedtuple("Head", "method path lines length")

_BUSY = (
    b"HTTP/1.1 503 Service Unavailable\r\nRetry-After: 1\r\nContent-Type: text/plain\r\n"
    b"Content-Length: 4\r\nConnection: close\r\n\r\nBusy"
)
_BAD = (
    b"HTTP/1.1 502 Bad Gateway\r\nContent-Type: text/html\r\nContent-Length: 20\r\nConnection: close\r\n\r\n"
    b"<h1>Bad gateway</h1>"
)


class Proxy:
    """`port` is where browsers go. `kill_worker` is called in a thread of the proxy."""

    def __init__(self, upstream, kill_worker=lambda: None):
        self.upstream, self.kill_worker = upstream, kill_worker
        self.plan, self.log, self.under_way = None, [], Counter()
        self.is_off, self._off_until = False, 0.0
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._open = threading.Event()
        self._thread.start()
        if not self._open.wait(10):
            raise RuntimeError("The proxy did not start.")

    @property
    def url(self):
        return f"http://127.0.0.1:{self.port}"

    def begin(self, plan):
        """Another run: its plan, and nothing left of the run before."""
        self.plan, self.log, self.is_off, self._off_until = plan, [], False, 0.0

    def calm(self):
        """From now on nothing goes wrong."""
        self.is_off, self._off_until = False, 0.0
        if self.plan is not None:
            self.plan.calm = True

    def stop(self):
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(5)

    # --- In the thread ------------------------------------------------------------------

    def _run(self):
        asyncio.set_event_loop(self._loop)
        server = self._loop.run_until_complete(
            asyncio.start_server(self._serve, "127.0.0.1", 0, limit=MOST, backlog=256)
        )
        self.port = server.sockets[0].getsockname()[1]
        self._open.set()
        try:
            self._loop.run_forever()
        finally:
            server.close()
            for task in asyncio.all_tasks(self._loop):
                task.cancel()
            self._loop.run_until_complete(asyncio.sleep(0))

    async def _serve(self, reader, writer):
        try:
            head, request = await self._read(reader)
            self.under_way[head.path] += 1
            try:
                await self._pass_on(head, request, writer)
            finally:
                self.under_way -= Counter([head.path])
        except (OSError, asyncio.IncompleteReadError, ValueError):
            writer.transport.abort()
        finally:
            with contextlib.suppress(OSError):
                writer.close()

    async def _read(self, reader):
        """(Head, the whole request as it is sent on)."""
        raw = await reader.readuntil(b"\r\n\r\n")
        first, *lines = raw[:-4].split(b"\r\n")
        method, path, _version = first.decode("latin-1").split(" ")
        names = {line.split(b":", 1)[0].strip().lower(): line.split(b":", 1)[1].strip() for line in lines}
        length = int(names.get(b"content-length", b"0"))
        body = await reader.readexactly(length) if length else b""
        kept = [line for line in lines if not line.lower().startswith((b"connection:", b"keep-alive:"))]
        request = b"\r\n".join([first, *kept, b"Connection: close", b"", b""]) + body
        return Head(method, path, lines, length), request

    async def _pass_on(self, head, request, writer):
        if self.is_off or time.monotonic() < self._off_until:
            self._note(head, faults.OFF, None)
            writer.transport.abort()
            return
        fault = self.plan.fault_for(head.method, head.path) if self.plan else None
        kind = fault.kind if fault else ""
        if kind == faults.OFF:
            self._off_until = time.monotonic() + fault.seconds
        if kind in (faults.OFF, faults.CUT_BEFORE):
            self._note(head, kind, None)
            writer.transport.abort()
            return
        if kind in (faults.BAD_GATEWAY, faults.BUSY):
            self._note(head, kind, None)
            await self._give(writer, _BAD if kind == faults.BAD_GATEWAY else _BUSY)
            return
        if kind == faults.DELAY_BEFORE:
            await asyncio.sleep(fault.seconds)
        answer = await self._ask(head, request, fault)
        if kind == faults.DELAY_AFTER:
            await asyncio.sleep(fault.seconds)
        self._note(head, kind, _status(answer))
        if kind == faults.CUT_AFTER:
            writer.transport.abort()
            return
        if kind == faults.CUT_WITHIN:
            writer.write(_half(answer))
            await writer.drain()
            await asyncio.sleep(0.01)
            writer.transport.abort()
            return
        await self._give(writer, answer or _BAD)

    async def _ask(self, head, request, fault):
        """The server's answer, b"" where it gave none."""
        kind = fault.kind if fault else ""
        if kind == faults.TWICE:
            # Both at once, as two of its workers would meet them.
            answers = await asyncio.gather(self._once(request), self._once(request))
            return answers[0] or answers[1]
        if kind == faults.KILLED_WORKER:
            asked = asyncio.ensure_future(self._once(request))
            await asyncio.sleep(fault.seconds)
            await self._loop.run_in_executor(None, self.kill_worker)
            return await asked
        return await self._once(request)

    async def _once(self, request):
        try:
            reader, writer = await asyncio.open_connection("127.0.0.1", self.upstream, limit=MOST)
        except OSError:
            return b""
        try:
            writer.write(request)
            await writer.drain()
            return await asyncio.wait_for(reader.read(-1), 60)
        except OSError:
            return b""
        finally:
            writer.close()

    async def _give(self, writer, answer):
        writer.write(answer)
        await writer.drain()
        # Chromium takes an answer whose end is abrupt for a broken one.
        if writer.can_write_eof():
            writer.write_eof()

    def _note(self, head, kind, status):
        self.log.append(Passed(time.time(), head.method, head.path, kind, status))


def _status(answer):
    first = answer.split(b"\r\n", 1)[0].split(b" ")
    return int(first[1]) if len(first) > 1 and first[1].isdigit() else None


def _half(answer):
    """Its head, and half of its body."""
    head, gap, body = answer.partition(b"\r\n\r\n")
    return head + gap + body[: len(body) // 2] if body else head
