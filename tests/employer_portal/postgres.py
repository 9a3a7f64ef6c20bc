"""A PostgreSQL cluster of our own for one test: made in a folder, on a free port, and ended with it."""

import os
import pwd
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.machine import lacks

UNPRIVILEGED = "nobody"
START_SECONDS = 30


def lacks_postgres() -> bool:
    """Tell whether to go without PostgreSQL; raises RuntimeError where every test must run."""
    return lacks("PostgreSQL", find_postgres())


def find_postgres() -> Path | None:
    """Return the folder with initdb and postgres; None where PostgreSQL is not installed."""
    on_path = shutil.which("initdb")
    folders = [Path(on_path).parent] if on_path else []
    folders += sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    return next((folder for folder in folders if (folder / "initdb").exists() and (folder / "postgres").exists()), None)


@contextmanager
def cluster() -> Iterator[str]:
    """Run a cluster; yields the address of its database.

    It has a folder of its own, not one of pytest's: those are closed to every other user.
    """
    with TemporaryDirectory() as folder:
        yield from _run(Path(folder) / "cluster")


def _run(data: Path) -> Iterator[str]:
    binaries = find_postgres()
    assert binaries is not None, "PostgreSQL is not installed"
    port = free_port()
    data.mkdir()
    as_user = _as_user(data)
    make = [binaries / "initdb", "-D", data, "-U", "portal", "--auth=trust", "--encoding=UTF8", "--no-sync"]
    made = subprocess.run(make, capture_output=True, text=True, **as_user)
    assert made.returncode == 0, made.stderr
    options = ["-c", f"port={port}", "-c", "listen_addresses=127.0.0.1", "-c", f"unix_socket_directories={data}"]
    quick = ["-c", "fsync=off", "-c", "max_connections=60"]
    with (data / "server.log").open("w") as log:
        server = subprocess.Popen([binaries / "postgres", "-D", data, *options, *quick], stderr=log, **as_user)
    try:
        _wait_for(port, server)
        yield f"postgres://portal@127.0.0.1:{port}/postgres"
    finally:
        server.terminate()
        server.wait(timeout=START_SECONDS)


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def _as_user(data: Path) -> dict[str, str]:
    """PostgreSQL refuses to run as root: then somebody without rights owns the folder and runs it."""
    if os.geteuid() != 0:
        return {}
    entry = pwd.getpwnam(UNPRIVILEGED)
    data.parent.chmod(0o755)
    os.chown(data, entry.pw_uid, entry.pw_gid)
    data.chmod(0o700)
    return {"user": UNPRIVILEGED, "cwd": "/"}


def _wait_for(port: int, server: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until and server.poll() is None:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise AssertionError("PostgreSQL did not start")
