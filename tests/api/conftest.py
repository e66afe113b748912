"""The same city, clock and activities as the portal's tests, and a reader of answers."""

import json

import pytest

from tests.web.portal.conftest import clock, publish, world

__all__ = ["clock", "publish", "world"]


@pytest.fixture
def get(client):
    """``get("activities?place=441900")``: what the interface answers; with ``status`` the problem."""

    def read(path, status=200):
        response = client.get(f"/api/v1/{path}")
        kind = "application/json" if status == 200 else "application/problem+json"
        assert (response.status_code, response["Content-Type"]) == (status, f"{kind}; charset=utf-8")
        assert response["Access-Control-Allow-Origin"] == "*"
        return json.loads(response.content)

    return read
