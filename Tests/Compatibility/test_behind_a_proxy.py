"""The daemon behind a proxy that ends TLS: HAProxy, as an operator would set it up."""

import shutil
import socket
import subprocess
import time

import pytest
import requests
from installation import Daemon
from requests.adapters import HTTPAdapter

PASSWORD = "correct horse"


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_for_port(port, process):
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline:
        assert process.poll() is None, process.stderr.read()
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise AssertionError("the proxy does not listen")


@pytest.fixture(scope="module")
def certificate(tmp_path_factory):
    folder = tmp_path_factory.mktemp("tls")
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2",
         "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1",
         "-keyout", folder / "key.pem", "-out", folder / "cert.pem"],
        check=True, capture_output=True)
    both = folder / "both.pem"
    both.write_bytes((folder / "cert.pem").read_bytes() + (folder / "key.pem").read_bytes())
    return both


@pytest.fixture(scope="module")
def proxied(tmp_path_factory, certificate):
    """The daemon, and the address that people use."""
    port = free_port()
    url = f"https://localhost:{port}"
    daemon = Daemon(
        tmp_path_factory.mktemp("data"), ["--public-url", url, "--trusted-proxy", "127.0.0.1"])
    daemon.make_user("ada@example.org", "administrator", PASSWORD)
    daemon.start()
    settings = tmp_path_factory.mktemp("haproxy") / "haproxy.cfg"
    settings.write_text(f"""
defaults
    mode http
    option forwardfor
    timeout connect 5s
    timeout client 60s
    timeout server 60s
frontend tls
    bind 127.0.0.1:{port} ssl crt {certificate}
    default_backend postil
backend postil
    server one {daemon.url.removeprefix("http://")}
""")
    program = shutil.which("haproxy") or "/usr/sbin/haproxy"
    proxy = subprocess.Popen([program, "-db", "-f", settings], stderr=subprocess.PIPE, text=True)
    try:
        wait_for_port(port, proxy)
        yield daemon, url
    finally:
        proxy.terminate()
        proxy.wait(10)
        assert daemon.stop() == 0


class From(HTTPAdapter):
    """Sends from another address of this machine, as another client would."""

    def __init__(self, address):
        self.address = address
        super().__init__()

    def init_poolmanager(self, *arguments, **options):
        super().init_poolmanager(*arguments, source_address=(self.address, 0), **options)


def client(address, certificate):
    session = requests.Session()
    session.mount("https://", From(address))
    session.mount("http://", From(address))
    session.verify = str(certificate)
    session.trust_env = False  # An environment with certificates of its own would win.
    return session


def sign_in(session, url, email="ada@example.org", password=PASSWORD, **options):
    return session.post(
        f"{url}/api/session", json={"email": email, "password": password}, timeout=30, **options)


def test_sessions_live_behind_tls(proxied, certificate):
    _, url = proxied
    session = client("127.0.0.9", certificate)
    answer = sign_in(session, url)
    assert answer.status_code == 200
    assert "max-age" in answer.headers["Strict-Transport-Security"]
    cookies = answer.raw.headers.getlist("Set-Cookie")
    assert cookies and all("; Secure" in cookie for cookie in cookies)
    # The cookies come back over TLS, and a change needs the token beside them.
    token = answer.json()["csrf_token"]
    project = {"title": "Behind", "label_config": "<View/>"}
    refused = session.post(f"{url}/api/projects/", json=project, timeout=30)
    assert refused.status_code == 403
    made = session.post(
        f"{url}/api/projects/", json=project, headers={"X-CSRFToken": token}, timeout=30)
    assert made.status_code == 201, made.text
    page = session.get(f"{url}/projects", timeout=30)
    assert page.status_code == 200 and "text/html" in page.headers["Content-Type"]


def test_each_client_behind_the_proxy_is_counted_alone(proxied, certificate):
    _, url = proxied
    guesser = client("127.0.0.2", certificate)
    for attempt in range(10):
        wrong = sign_in(guesser, url, f"nobody{attempt}@example.org")
        assert wrong.status_code == 401
    assert sign_in(guesser, url).status_code == 429
    assert sign_in(client("127.0.0.3", certificate), url).status_code == 200


def test_a_client_cannot_invent_its_address(proxied, certificate):
    daemon, url = proxied
    # Through the proxy: what the client wrote stands before what the proxy added.
    guesser = client("127.0.0.4", certificate)
    # Past the proxy: the address is no listed proxy, so nothing it says counts.
    direct = client("127.0.0.5", certificate)
    for session, address in ((guesser, url), (direct, daemon.url)):
        for attempt in range(10):
            forged = {"X-Forwarded-For": f"10.0.0.{attempt}"}
            wrong = sign_in(session, address, f"no{attempt}@example.org", headers=forged)
            assert wrong.status_code == 401
        forged = {"X-Forwarded-For": "10.0.0.200"}
        assert sign_in(session, address, headers=forged).status_code == 429
