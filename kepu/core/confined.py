"""A script in a process of its own, with bounds on its memory and its time: for what a stranger's file is given to.

Parsers of pictures and documents are large programs in C; a file may make one slow, greedy, or end it. In a process of
its own it ends that process and nothing else.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from threading import BoundedSemaphore

_AT_ONCE = BoundedSemaphore(max(2, os.cpu_count() or 2))  # each may take all the memory it is allowed

# Where the system can bound memory it does; Windows cannot.
_BOUNDED = """
import runpy, sys
most, sys.argv = int(sys.argv[1]), sys.argv[2:]
try:
    import resource
except ImportError:
    pass
else:
    resource.setrlimit(resource.RLIMIT_AS, (most, most))
runpy.run_path(sys.argv[0], run_name="__main__")
"""


class Slow(Exception):
    """The process did not end in its time."""


class Broken(Exception):
    """The process ended without an answer: out of memory, or a fault of the parser."""


def ask(script: Path, content: bytes, *words: object, seconds: float, memory: int) -> bytes:
    """What ``script`` writes when ``content`` is put in. Raises :class:`Slow` or :class:`Broken`.

    The script is started by its path and imports nothing of ours. ``memory`` in bytes.
    """
    command = [sys.executable, "-P", "-c", _BOUNDED, str(memory), str(script), *map(str, words)]
    with _AT_ONCE:
        try:
            done = subprocess.run(command, input=content, capture_output=True, timeout=seconds, check=False)
        except subprocess.TimeoutExpired as fault:
            raise Slow from fault
    if done.returncode:
        raise Broken(done.stderr.decode(errors="replace")[-500:])
    return done.stdout
