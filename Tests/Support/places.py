"""What a server is told of in the SDK's calls: a folder, a model, an object store."""

from __future__ import annotations

import contextlib
import logging
from pathlib import Path
from types import SimpleNamespace

import boto3
from companions import Model
from moto.server import ThreadedMotoServer

BUCKET = "media"


@contextlib.contextmanager
def object_store():
    """A store that speaks S3, on a port of loopback; gives its address and a client."""
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    url = f"http://{host}:{port}"
    try:
        yield url, boto3.client(
            "s3", endpoint_url=url, region_name="us-east-1", aws_access_key_id="key",
            aws_secret_access_key="secret")
    finally:
        server.stop()


@contextlib.contextmanager
def places(media: Path):
    """All of them, with three objects in the bucket and a file in the folder."""
    for name in ("import", "export"):
        (media / name).mkdir(parents=True, exist_ok=True)
    (media / "import" / "a.jpg").write_bytes(b"a")
    with object_store() as (url, client), Model() as model:
        client.create_bucket(Bucket=BUCKET)
        for i in range(3):
            client.put_object(Bucket=BUCKET, Key=f"import/{i}.jpg", Body=b"x")
        yield SimpleNamespace(media=media, model_url=model.url, s3_url=url, bucket=BUCKET)
