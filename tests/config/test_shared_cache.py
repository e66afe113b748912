import pytest
from django.core.exceptions import ImproperlyConfigured

from kepu.config.shared_cache import SharedCache, read

TOLD = {"KEPU_PURGE": "http://127.0.0.1:6081/, https://cache.example.cn/purge", "KEPU_PURGE_SECRET": "x" * 16}


def test_nothing_said_is_no_cache_and_a_short_life():
    assert read({}) == SharedCache((), "", 3)


def test_caches_that_are_told_may_keep_pages_for_long():
    found = read(TOLD | {"KEPU_SHARED_SECONDS": "300"})
    assert found.addresses == ("http://127.0.0.1:6081/", "https://cache.example.cn/purge")
    assert (found.secret, found.seconds) == ("x" * 16, 300)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"KEPU_PURGE": "127.0.0.1:6081"}, "no address"),
        ({"KEPU_PURGE_SECRET": "short"}, "anybody may empty the cache"),
        ({"KEPU_PURGE_SECRET": "x" * 16 + "\r\nHost: y"}, "anybody may empty the cache"),
        ({"KEPU_PURGE": "", "KEPU_SHARED_SECONDS": "60"}, "nobody would tell"),
        ({"KEPU_SHARED_SECONDS": "301"}, "from 3 to 300"),
        ({"KEPU_SHARED_SECONDS": "2"}, "from 3 to 300"),
        ({"KEPU_SHARED_SECONDS": "long"}, "from 3 to 300"),
    ],
)
def test_what_cannot_be_meant_stops_the_start(wrong, said):
    with pytest.raises(ImproperlyConfigured, match=said):
        read(TOLD | wrong)
