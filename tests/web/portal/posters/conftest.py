import pytest
from django.core.cache import caches


@pytest.fixture(autouse=True)
def nothing_drawn_yet():
    caches["posters"].clear()
    caches["limits"].clear()
