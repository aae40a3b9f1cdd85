"""A web endpoint on the standard library: python examples/web.py, then http://localhost:8000/?text=Betrieb+in+Hamm

Any WSGI server can run `app` in its place; all its threads may share the catalogue.
"""

import json
from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import parse_qs
from wsgiref.simple_server import make_server

import esfmatch

catalogue = esfmatch.load()


def app(environ: dict[str, Any], start_response: Callable[..., object]) -> Iterable[bytes]:
    """The answer to ?text=… as JSON, or one line that says what is wrong."""
    query = parse_qs(environ.get("QUERY_STRING", ""))
    try:
        status, body = "200 OK", catalogue.to_json(catalogue.suggest(query.get("text", [""])[0]))
    except esfmatch.EsfmatchError as error:
        status, body = "400 Bad Request", {"error": str(error)}
    start_response(status, [("Content-Type", "application/json; charset=utf-8")])
    return [json.dumps(body, ensure_ascii=False).encode()]


if __name__ == "__main__":
    with make_server("localhost", 8000, app) as server:
        server.serve_forever()
