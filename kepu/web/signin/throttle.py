"""Attempts to sign in are counted in the cache that every process shares.

allauth counts in Django's default cache and cannot be told another; ours is each process's own memory, where four
processes would give an attacker four times the attempts. A test holds that the count arrives where it should.
"""

from allauth.core.internal import ratelimit
from django.core.cache import caches
from django.utils.connection import ConnectionProxy


def count_in_the_shared_cache() -> None:
    ratelimit.cache = ConnectionProxy(caches, "throttle")
