"""A mail server of a few lines on this machine, whose answers a test decides."""

import contextlib
import socketserver
import threading
import time
from email import message_from_bytes, policy

from courses.mailing.smtp import EmailBackend


class Sink:
    """`mail` is what it took. Each switch is how it behaves from now on.

    `greeting`: its first line. `refuses`: {address: its answer to that recipient}. `answer`: to the
    letter as a whole. `hangs_up_at`: "MAIL", "DATA", or "END" (after the whole letter, before its answer).
    `delay`: seconds before its answer to the whole letter.
    """

    def __init__(self):
        self.mail, self.connections = [], 0
        self.accept_again()

    def accept_again(self):
        self.greeting, self.answer = "220 sink", "250 taken"
        self.refuses, self.hangs_up_at, self.delay = {}, "", 0

    def takes(self, text):
        self.mail.append(message_from_bytes(text, policy=policy.default))

    @property
    def addresses(self):
        return [message["To"] for message in self.mail]


class Killed(BaseException):
    pass


class KilledAfterwards(EmailBackend):
    """The sender dies when the mail server has the letter, before anything is written down."""

    def send_messages(self, messages):
        super().send_messages(messages)
        raise Killed


class _Conversation(socketserver.StreamRequestHandler):
    timeout = 20

    def handle(self):
        sink = self.server.sink
        sink.connections += 1
        self.say(sink.greeting)
        if not sink.greeting.startswith("220"):
            return
        for line in self.rfile:
            words = line.decode().strip()
            command = words[:4].upper()
            if sink.hangs_up_at and command == sink.hangs_up_at:
                return
            if command == "RCPT":
                address = words.partition("<")[2].partition(">")[0]
                self.say(sink.refuses.get(address, "250 ok"))
            elif command == "DATA":
                self.say("354 go ahead")
                if not self.took_letter(sink):
                    return
            elif command == "QUIT":
                self.say("221 bye")
                return
            else:
                self.say("250 ok")

    def took_letter(self, sink):
        lines = []
        for line in self.rfile:
            if line == b".\r\n":
                break
            lines.append(line.removeprefix(b"."))
        if sink.hangs_up_at == "END":
            return False
        time.sleep(sink.delay)
        if sink.answer.startswith("250"):
            sink.takes(b"".join(lines))
        self.say(sink.answer)
        return True

    def say(self, words):
        with contextlib.suppress(OSError):
            self.wfile.write(f"{words}\r\n".encode())


class _Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = daemon_threads = True


class MailServer:
    """A sink with a port of its own, which can go away and come back."""

    def __init__(self):
        self.sink, self.port = Sink(), 0

    def start(self):
        self._server = _Server(("127.0.0.1", self.port), _Conversation)
        self._server.sink, self.port = self.sink, self._server.server_address[1]
        threading.Thread(target=self._server.serve_forever, args=[0.05], daemon=True).start()
        return self

    def stop(self):
        self._server.shutdown()
        self._server.server_close()


@contextlib.contextmanager
def running_sink(settings):
    """A sink to which the site's mail goes."""
    server = MailServer().start()
    settings.EMAIL_BACKEND = "courses.mailing.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
    settings.EMAIL_TIMEOUT = 10
    settings.DEFAULT_FROM_EMAIL = "Learning <learning@example.org>"
    try:
        yield server.sink
    finally:
        server.stop()
