"""What a server answers to a client, as it came over the wire."""

from __future__ import annotations

import json
from dataclasses import dataclass

import httpx


@dataclass
class Answer:
    """One answer; `body` is a JSON tree, or text where the body is none, or None where it is empty."""

    request: str
    status: int
    kind: str
    body: object

    @classmethod
    def of(cls, request: str, status: int, headers, content: bytes) -> Answer:
        kind = headers.get("Content-Type", "").partition(";")[0].strip() if content else ""
        if not content:
            return cls(request, status, kind, None)
        try:
            return cls(request, status, kind, json.loads(content))
        except ValueError:
            return cls(request, status, kind, content.decode("utf8", "replace"))


class Recorder:
    """Hands the client of an SDK its transport and keeps what passes."""

    def __init__(self):
        self.answers: list[Answer] = []
        self.client = httpx.Client(
            timeout=120, follow_redirects=True, event_hooks={"response": [self._keep]})

    def _keep(self, response: httpx.Response) -> None:
        content = response.read()
        request = f"{response.request.method} {response.request.url.raw_path.decode()}"
        self.answers.append(Answer.of(request, response.status_code, response.headers, content))

    def take(self) -> list[Answer]:
        """What came since it was last asked."""
        taken, self.answers = self.answers, []
        return taken
