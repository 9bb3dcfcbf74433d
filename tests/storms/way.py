"""The way to a server that others reach through it: shut, nobody answers there; opened, all is as before."""

import contextlib
import socket
import threading

from tests.redis_server import free_port


class Way:
    def __init__(self, to):
        self.to, self.port = to, free_port()
        self._pairs, self._door = set(), None

    def open(self):
        self._door = socket.create_server(("127.0.0.1", self.port))
        threading.Thread(target=self._let_in, args=[self._door], daemon=True).start()
        return self

    def shut(self):
        """Refuses whoever comes, and breaks what is under way."""
        door, self._door = self._door, None
        # Closing alone does not wake who waits in accept().
        for one in [door, *[end for pair in list(self._pairs) for end in pair]]:
            if one is not None:
                with contextlib.suppress(OSError):
                    one.shutdown(socket.SHUT_RDWR)
                one.close()

    def _let_in(self, door):
        while True:
            try:
                here, _address = door.accept()
            except OSError:
                return
            try:
                there = socket.create_connection(("127.0.0.1", self.to), timeout=10)
            except OSError:
                here.close()
                continue
            there.settimeout(None)
            pair = (here, there)
            self._pairs.add(pair)
            for one, other in (pair, pair[::-1]):
                threading.Thread(target=self._pass_on, args=[one, other, pair], daemon=True).start()

    def _pass_on(self, one, other, pair):
        with contextlib.suppress(OSError):
            while content := one.recv(65536):
                other.sendall(content)
        self._pairs.discard(pair)
        for end in pair:
            with contextlib.suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()
