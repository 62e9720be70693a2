"""The storage calls of label-studio-sdk: two kinds in both directions, seven methods each; of the
kinds that there are no storages of, the lists."""

import time

KINDS = ("local", "s3")
OTHERS = ("gcs", "azure", "redis")


def fields(c, kind, direction):
    """What makes a storage that works."""
    if kind == "local":
        return {"path": str(c.places.media / direction), "use_blob_urls": True}
    return {"bucket": c.places.bucket, "prefix": direction, "s3endpoint": c.places.s3_url,
            "aws_access_key_id": "key", "aws_secret_access_key": "secret",
            "region_name": "us-east-1", "use_blob_urls": True}


def wait_until_written(c, kind, storage):
    """A new storage is written to at once; what comes next is to find it done on any server."""
    path = f"/api/storages/export/{'localfiles' if kind == 'local' else kind}/{storage}"
    for _ in range(600):
        if c.http.value("GET", path)["status"] in ("completed", "failed"):
            return
        time.sleep(0.1)


def register(call, simple):
    """Adds the calls, in an order that works."""
    for direction in ("import", "export"):
        group = f"{direction}_storage"
        simple(f"{group}.list_types", lambda c, g=group: [
            t.name for t in getattr(c.client, g).list_types()
            if t.name in ("s3", "localfiles")])
        for kind in KINDS:
            register_kind(call, simple, direction, kind)
        for kind in OTHERS:
            simple(f"{group}.{kind}.list", lambda c, g=group, k=kind: getattr(
                getattr(c.client, g), k).list(project=c.project.id))


def register_kind(call, simple, direction, kind):
    group = f"{direction}_storage.{kind}"
    key = f"{direction}_{kind}"

    def client(c):
        return getattr(getattr(c.client, f"{direction}_storage"), kind)

    simple(f"{group}.validate", lambda c: client(c).validate(
        project=c.project.id, **fields(c, kind, direction)))

    @call(f"{group}.create")
    def create(c):
        made = client(c).create(project=c.project.id, title="Kept", **fields(c, kind, direction))
        setattr(c, key, made.id)
        if direction == "export":
            wait_until_written(c, kind, made.id)
        return made

    simple(f"{group}.get", lambda c: client(c).get(id=getattr(c, key)))
    simple(f"{group}.list", lambda c: client(c).list(project=c.project.id))
    simple(f"{group}.update", lambda c: client(c).update(
        id=getattr(c, key), title="Renamed", project=c.project.id,
        **fields(c, kind, direction)))
    simple(f"{group}.sync", lambda c: client(c).sync(id=getattr(c, key)))
    simple(f"{group}.delete", lambda c: client(c).delete(id=getattr(c, key)))
