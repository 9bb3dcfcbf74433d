import gzip
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from tests.load.client import Client, Log


class Site(BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200 if self.path == "/there/" else 404)
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Set-Cookie", "sessionid=mine; Path=/")
        self.end_headers()
        self.wfile.write(gzip.compress(b"A page"))

    def log_message(self, *args):
        pass


@pytest.fixture
def port():
    server = HTTPServer(("127.0.0.1", 0), Site)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server.server_port
    server.shutdown()
    server.server_close()


def test_a_client_reads_what_was_compressed_and_keeps_its_cookie(port):
    client = Client(port, "learning.test", Log())
    assert client.ask("a page", "/there/") == ("", b"A page")
    assert client.cookies["sessionid"] == "mine"
    assert not client.log.trouble


def test_what_was_not_asked_for_is_trouble(port):
    client = Client(port, "learning.test", Log())
    client.ask("a page", "/away/")
    assert client.log.trouble == ["a page: 404  for /away/"]
