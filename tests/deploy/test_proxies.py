"""Both proxies as they are delivered, in front of a site that tells what it was sent.

They write down nobody's request."""

import contextlib
import getpass
import http.client
import http.server
import json
import re
import shutil
import socket
import ssl
import subprocess
import threading
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
HOST = "learning.example.org"
pytestmark = pytest.mark.same_everywhere


class Echo(http.server.BaseHTTPRequestHandler):
    """Tells the headers that it was sent; below /half/ it breaks off."""

    def do_GET(self):
        body = json.dumps(dict(self.headers)).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body) + self.path.startswith("/half/")))
        self.end_headers()
        self.wfile.write(body)

    def do_POST(self):
        self.rfile.read(int(self.headers["Content-Length"]))
        self.do_GET()

    def log_message(self, *args):
        """Nothing on the console."""


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def certificate(folder):
    key, cert = folder / "key.pem", folder / "cert.pem"
    name = ["-subj", f"/CN={HOST}", "-addext", f"subjectAltName=DNS:{HOST}"]
    made = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]
    subprocess.run([*made, *name, "-keyout", key, "-out", cert], check=True, capture_output=True)
    return cert, key


def nginx(folder, cert, key, ports):
    text = (ROOT / "deploy" / "nginx.conf").read_text()
    text = re.sub(r"^\s*listen \[::\].*\n", "", text, flags=re.M)
    text = text.replace("listen 80;", f"listen 127.0.0.1:{ports['plain']};")
    text = text.replace("listen 443 ssl http2;", f"listen 127.0.0.1:{ports['tls']} ssl;")
    text = re.sub(r"(ssl_certificate\s+)\S+;", rf"\g<1>{cert};", text)
    text = re.sub(r"(ssl_certificate_key\s+)\S+;", rf"\g<1>{key};", text)
    around = f"daemon off; pid {folder}/pid; error_log {folder}/log; events {{}}\n"
    # As root it would give itself away to somebody who may not read the folders of a test.
    around += "user root;\n" if getpass.getuser() == "root" else ""
    # What a server of ours does not say of its own logs, Debian's nginx.conf says.
    around += f"http {{\naccess_log {folder}/access.log; error_log {folder}/error.log;\n"
    around += "include /etc/nginx/mime.types;\n"
    for kept in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"):
        around += f"{kept}_temp_path {folder}/{kept};\n"
    text = text.replace("/var/log/nginx", str(folder))
    (folder / "nginx.conf").write_text(f"{around}{text}\n}}")
    return ["nginx", "-c", str(folder / "nginx.conf"), "-e", str(folder / "log")]


def caddy(folder, cert, key, ports):
    text = (ROOT / "deploy" / "Caddyfile").read_text()
    text = text.replace(f"\n{HOST} {{\n", f"\nhttps://{HOST} {{\n\tbind 127.0.0.1\n\ttls {cert} {key}\n", 1)
    of_all = [
        "admin off",
        f"http_port {ports['plain']}",
        f"https_port {ports['tls']}",
        "default_bind 127.0.0.1",
    ]
    # Into the block of what holds for all sites, which stands first.
    (folder / "Caddyfile").write_text(text.replace("\n{\n", "\n{\n\t" + "\n\t".join(of_all) + "\n", 1))
    return ["caddy", "run", "--adapter", "caddyfile", "--config", str(folder / "Caddyfile")]


@pytest.fixture(scope="module", params=[nginx, caddy], ids=["nginx", "caddy"])
def proxy(request, tmp_path_factory):
    """An object that asks through the proxy; `.site` is what stands behind it."""
    name = request.param.__name__
    if not shutil.which(name, path="/usr/sbin:/usr/bin:/sbin:/bin"):
        pytest.skip(f"{name} is not on this machine")
    folder = tmp_path_factory.mktemp(name)
    cert, key = certificate(folder)
    for path, words in {
        "static/lms/site.0123.css": "body {}",
        "media/images/a.svg": "<svg xmlns='http://www.w3.org/2000/svg'/>",
        "media/documents/secret.pdf": "%PDF",
    }.items():
        (folder / "var" / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / "var" / path).write_text(words)
    (folder / "deploy").mkdir()
    shutil.copy(ROOT / "deploy" / "away.html", folder / "deploy")
    site = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Echo)
    threading.Thread(target=site.serve_forever, daemon=True).start()
    ports = {"plain": free_port(), "tls": free_port()}
    command = request.param(folder, cert, key, ports)
    written = Path(command[-1] if name == "caddy" else command[2])
    text = written.read_text().replace("/srv/learning/var", str(folder / "var"))
    text = text.replace("/srv/learning/deploy", str(folder / "deploy"))
    written.write_text(text.replace("127.0.0.1:8000", f"127.0.0.1:{site.server_port}"))
    env = {"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "HOME": str(folder)}
    with (folder / "said").open("w") as said:
        running = subprocess.Popen(command, stdout=said, stderr=said, env=env)
    asked = Asked(ports, cert, folder)
    try:
        asked.until_open(running)
        yield asked, site
    finally:
        running.terminate()
        running.wait(10)
        site.shutdown()


class Asked:
    def __init__(self, ports, cert, folder):
        self.ports, self.context = ports, ssl.create_default_context(cafile=cert)
        self.folder = folder

    def logs(self):
        """{name: everything that is written in it} of all that the proxy writes."""
        names = ("access.log", "error.log", "log", "said")
        return {name: (self.folder / name).read_text() for name in names if (self.folder / name).exists()}

    def __call__(self, path, *, scheme="https", method="GET", content=b"", **headers):
        """(status, headers, body) of the address at the site's own name; nothing is followed."""
        port = self.ports["tls" if scheme == "https" else "plain"]
        raw = socket.create_connection(("127.0.0.1", port), timeout=10)
        if scheme == "https":
            raw = self.context.wrap_socket(raw, server_hostname=HOST)
        lines = [f"{method} {path} HTTP/1.1", f"Host: {HOST}", "Connection: close"]
        lines += [f"Content-Length: {len(content)}"] if content else []
        lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
        raw.sendall(("\r\n".join(lines) + "\r\n\r\n").encode() + content)
        answer = http.client.HTTPResponse(raw)
        answer.begin()
        return answer.status, answer.headers, answer.read().decode()

    def until_open(self, running):
        for _ in range(100):
            assert running.poll() is None, "the proxy did not start"
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", self.ports["tls"])) == 0:
                    return
            time.sleep(0.1)
        raise AssertionError("the proxy did not open its port")


def test_plain_requests_are_sent_to_tls(proxy):
    asked, _site = proxy
    status, headers, _body = asked("/courses/", scheme="http")

    assert status in (301, 308)
    assert headers["Location"].startswith(f"https://{HOST}")
    assert headers["Location"].endswith("/courses/")


def test_the_site_is_told_the_truth_whatever_a_visitor_claims(proxy):
    asked, _site = proxy
    lies = {"X_Forwarded_For": "6.6.6.6", "X_Forwarded_Proto": "http", "X_Forwarded_Host": "evil.example"}
    _status, _headers, body = asked("/", **lies)
    sent = {name.lower(): value for name, value in json.loads(body).items()}

    assert sent["x-forwarded-for"] == "127.0.0.1"
    assert sent["x-forwarded-proto"] == "https"
    assert sent["host"] == HOST
    assert "evil.example" not in body


def test_files_with_a_fingerprint_are_kept_for_a_year(proxy):
    asked, _site = proxy
    status, headers, _body = asked("/static/lms/site.0123.css")

    assert status == 200
    assert "immutable" in headers["Cache-Control"]
    assert headers["X-Content-Type-Options"] == "nosniff"


def test_an_upload_cannot_run(proxy):
    asked, _site = proxy
    status, headers, _body = asked("/media/images/a.svg")

    assert status == 200
    assert "sandbox" in headers["Content-Security-Policy"]
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("path", ["/media/documents/secret.pdf", "/media/images/../documents/secret.pdf"])
def test_documents_are_asked_for_at_the_site_alone(proxy, path):
    asked, _site = proxy
    status, _headers, body = asked(path)

    assert status != 200
    assert "%PDF" not in body


@pytest.mark.parametrize(
    "path", ["/media/../private/a", "/static/..%2f..%2fprivate/a", "/media/images/..%2f..%2f..%2fx"]
)
def test_no_path_leads_out_of_what_is_given_out(proxy, path):
    asked, _site = proxy
    status, _headers, body = asked(path)

    # What the proxy does not know goes to the site, which tells its own headers.
    assert status in (400, 403, 404) or "host" in {name.lower() for name in json.loads(body)}


CANARY = "quetzal"
ASKED = f"?q={CANARY}"


def test_nobodys_request_is_written_down(proxy):
    """A name may stand after the question mark, what only one person should know before it."""
    asked, _site = proxy
    about = {"Referer": f"https://{HOST}/people/{ASKED}", "User_Agent": CANARY}
    asked(f"/people/{ASKED}", scheme="http", **about)
    for path in ("/people/", f"/verify/{CANARY}/", "/static/none.css", "/media/none.svg", "/media/documents/a"):
        asked(f"{path}{ASKED}", **about)
    # What breaks off; and nginx has no place to keep what is long.
    shutil.rmtree(asked.folder / "client_body", ignore_errors=True)
    with contextlib.suppress(http.client.HTTPException):
        asked(f"/half/{ASKED}", **about)
    with contextlib.suppress(OSError, http.client.HTTPException):
        asked(f"/people/{ASKED}", method="POST", content=b"a" * 20_000, **about)

    assert asked.logs() != {}
    assert [name for name, words in asked.logs().items() if CANARY in words] == []


def test_while_the_site_is_away_people_read_a_calm_page(proxy):
    asked, site = proxy
    site.shutdown()
    site.server_close()
    status, headers, body = asked("/attempts/1/")

    assert status == 503
    assert headers["Retry-After"] == "30"
    assert headers["Cache-Control"] == "no-store"
    assert "Back in a few minutes" in body

    # Nor is it written down what they asked for, and without the page neither.
    (asked.folder / "deploy" / "away.html").unlink()
    asked(f"/people/{ASKED}")
    assert [name for name, words in asked.logs().items() if CANARY in words] == []


def test_both_files_for_caddy_say_the_same_about_logs():
    def said(name):
        text = (ROOT / "deploy" / name).read_text()
        return text[text.index("\n{\n") : text.index("\n}\n")], "output discard" in text

    assert said("Caddyfile") == said("Caddyfile.compose")
    assert "request delete" in said("Caddyfile")[0]
