"""Label Studio itself, as it comes from PyPI, on a port of loopback."""

from __future__ import annotations

import contextlib
import os
import secrets
import socket
import subprocess
import time
from pathlib import Path

import requests

# The release that everything here was measured against.
VERSION = "1.23.2"
CACHE = Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache"))
VENV = Path(os.environ.get("POSTIL_LABEL_STUDIO", CACHE / "label-studio-venv"))


def is_installed() -> bool:
    return (VENV / "bin" / "label-studio").exists()


def install() -> None:
    """Takes a few minutes and 1.5 GB; the next run finds it."""
    subprocess.run(["python3", "-m", "venv", VENV], check=True)
    subprocess.run([VENV / "bin/pip", "install", "-q", f"label-studio=={VERSION}"], check=True)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextlib.contextmanager
def label_studio(folder: Path, email: str, environment: dict[str, str] | None = None):
    """A server with one user; gives its address and the user's token.

    It may ask other servers of this machine, and read files below the folder `media`.
    """
    token, port = secrets.token_hex(20), free_port()
    media = folder / "media"
    media.mkdir(parents=True, exist_ok=True)
    variables = {
        **os.environ, "LABEL_STUDIO_BASE_DATA_DIR": str(folder / "data"), "LOG_LEVEL": "ERROR",
        "COLLECT_ANALYTICS": "false", "LATEST_VERSION_CHECK": "false", "SENTRY_DSN": "",
        "LABEL_STUDIO_ENABLE_LEGACY_API_TOKEN": "true", "DJANGO_DB": "sqlite",
        "SSRF_PROTECTION_ENABLED": "false", "ML_BLOCK_LOCAL_IP": "false",
        "LABEL_STUDIO_LOCAL_FILES_SERVING_ENABLED": "true",
        "LABEL_STUDIO_LOCAL_FILES_DOCUMENT_ROOT": str(media), **(environment or {}),
    }
    program = VENV / "bin" / "label-studio"
    subprocess.run(
        [program, "init", "-q", "--username", email, "--password", "correct horse 1",
         "--user-token", token, "--enable-legacy-api-token"],
        env=variables, check=True, capture_output=True,
    )
    log = (folder / "log").open("wb")
    process = subprocess.Popen(
        [program, "start", "--no-browser", "--internal-host", "127.0.0.1", "--port", str(port)],
        env=variables, stdout=log, stderr=subprocess.STDOUT,
    )
    url = f"http://127.0.0.1:{port}"
    try:
        wait_for(url, process)
        yield url, token
    finally:
        process.terminate()
        process.wait(30)
        log.close()


def wait_for(url: str, process: subprocess.Popen) -> None:
    for _ in range(600):
        if process.poll() is not None:
            raise RuntimeError("Label Studio ended before it answered")
        with contextlib.suppress(requests.RequestException):
            if requests.get(f"{url}/health", timeout=5).ok:
                return
        time.sleep(0.5)
    raise RuntimeError("Label Studio did not answer within five minutes")
