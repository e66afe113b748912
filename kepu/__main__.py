"""``python -m kepu`` is ``kepu``."""

from kepu.cli import main

main()
