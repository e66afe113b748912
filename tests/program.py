"""The program in a process of its own, as people start it, with the tests' shortcut to an empty database.

python -m tests.program FILE setup        what a whole ``migrate`` makes of nothing is kept in FILE: see empty_databases
"""

import sys
from pathlib import Path

from tests.empty_databases import made_once

if __name__ == "__main__":
    from kepu.cli import main

    kept = sys.argv.pop(1)
    with made_once(Path(kept)):
        main()
