"""The same city, clock and activities as the portal's tests, and a reader that holds every answer to its shape."""

import json

import pytest
from django.urls import resolve

from kepu.api import schemas
from tests.web.portal.conftest import clock, publish, world

__all__ = ["clock", "publish", "world"]

SHAPES = {
    "activities": schemas.Activities, "activity": schemas.Activity, "places": schemas.Places, "place": schemas.PlaceDetail,
    "seasons": schemas.Seasons, "notices": schemas.Notices, "notice": schemas.NoticeDetail, "lists": schemas.Lists,
    "vocabularies": schemas.Vocabularies,
}  # fmt: skip


@pytest.fixture
def get(client):
    """``get("activities?place=441900")``: what the interface answers, in the shape that is described; with ``status`` the
    problem.
    """

    def read(path, status=200):
        response = client.get(f"/api/v1/{path}")
        kind = "application/json" if status == 200 else "application/problem+json"
        assert (response.status_code, response["Content-Type"]) == (status, f"{kind}; charset=utf-8")
        assert response["Access-Control-Allow-Origin"] == "*"
        said = json.loads(response.content)
        shape = (
            schemas.Problem if status != 200 else SHAPES[resolve(f"/api/v1/{path.split('?')[0]}").url_name]
        )
        assert shape.model_validate(said).model_dump(mode="json") == said
        return said

    return read
