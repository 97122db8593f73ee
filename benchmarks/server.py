"""A separate server for a benchmark or a test, and its cost in time and memory (Linux: /proc)."""

import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType

ROOT = Path(__file__).parents[1]


class Server:
    """`streamlit run` on a free port for the duration of a `with` block; `options` go to Streamlit.

    It is started in `cwd`, whose configuration it takes, with `environment` besides the usual one.
    """

    def __init__(
        self,
        *options: str,
        app: Path = ROOT / "app.py",
        cwd: Path = ROOT,
        environment: Mapping[str, str] | None = None,
    ) -> None:
        self.cwd, self.environment = cwd, {**os.environ, **(environment or {})}
        self.command = [sys.executable, "-m", "streamlit", "run", str(app), *options]
        self.folder = tempfile.TemporaryDirectory(prefix="thermofit-bench-")
        self.log = Path(self.folder.name) / "log.txt"
        self.port = _free_port()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def __enter__(self) -> "Server":
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()
        self.folder.cleanup()

    def start(self) -> None:
        """Start it and wait until it answers; the log goes on where it was."""
        flags = ["--server.headless=true", "--server.address=127.0.0.1", f"--server.port={self.port}"]
        flags += ["--server.fileWatcherType=none"]
        with self.log.open("a") as log:
            self.process = subprocess.Popen(
                [*self.command, *flags],
                cwd=self.cwd,
                env=self.environment,
                stdout=log,
                stderr=subprocess.STDOUT,
            )
        self._wait()

    def stop(self) -> None:
        """End it; `start` may start it again, at the same address."""
        self.process.terminate()
        try:
            self.process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()

    def _wait(self) -> None:
        """Wait until the server answers; RuntimeError with its log after a minute."""
        for _ in range(1200):
            try:
                with urllib.request.urlopen(f"{self.url}/_stcore/health", timeout=1):
                    return
            except OSError:
                time.sleep(0.05)
        raise RuntimeError(f"the server did not start:\n{self.log.read_text()}")

    # ---- its cost ----

    def cpu(self) -> float:
        """Seconds of computing so far, in all its threads."""
        text = Path(f"/proc/{self.process.pid}/stat").read_text()
        user, system = text.rpartition(")")[2].split()[11:13]
        return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")

    def memory(self) -> float:
        """Megabytes (10⁶ bytes) resident now."""
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        (line,) = (line for line in status.splitlines() if line.startswith("VmRSS:"))
        return int(line.split()[1]) * 1024 / 1e6

    def errors(self) -> int:
        """Tracebacks in the log."""
        return self.log.read_text().count("Traceback")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
