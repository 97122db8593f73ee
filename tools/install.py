"""Installs a requirements file; on Linux, torch comes as the small CPU build.

    python tools/install.py [requirements.txt]

On Linux the torch on PyPI depends on several gigabytes of CUDA packages. PyTorch's own index has builds
without them. That index is used for torch alone, and only if it answers at once, so that no installation
depends on it. Standard library only, since nothing else is installed yet when this runs.
"""

import http.client
import re
import subprocess
import sys
import threading
import urllib.request
from importlib import metadata
from pathlib import Path

REQUIREMENTS = Path(__file__).parents[1] / "requirements.txt"
CPU_INDEX = "https://download.pytorch.org/whl/cpu"
PATIENCE = 2.0  # seconds that the index has to answer
COST = "On Linux that means several gigabytes of CUDA packages, unless pip finds a CPU build there."


def main(file: str, index: str = CPU_INDEX, patience: float = PATIENCE) -> int:
    """Install what `file` names and return pip's exit code."""
    pin = pinned_version(REQUIREMENTS.read_text(encoding="utf-8"))
    if sys.platform == "linux" and not is_installed(pin):
        install_cpu_torch(pin, index, patience)
    return pip("-r", file)


def install_cpu_torch(pin: str, index: str, patience: float) -> None:
    """Install torch from the index; where that fails, say why and what the usual index will cost."""
    if not answers(f"{index}/torch/", patience):
        problem = f"{index} did not offer torch within {patience:g} seconds"
    # Without --no-deps, pip would take torch's own dependencies from this index, too.
    elif pip("--no-deps", "--index-url", index, f"torch=={pin}") != 0:
        problem = f"torch {pin} could not be installed from {index}"
    else:
        return
    print(f"{problem}, so it comes from the usual index.\n{COST}", flush=True)


def pinned_version(requirements: str) -> str:
    """The version in the line `torch==…` of a requirements file; ValueError if there is none."""
    pin = re.search(r"^torch\s*==\s*([^\s;#]+)", requirements, re.MULTILINE)
    if pin is None:
        raise ValueError("the requirements pin no version of torch")
    return pin[1]


def is_installed(pin: str) -> bool:
    """Whether this Python has torch in the pinned version, whatever build of it (2.13.0+cpu is a 2.13.0)."""
    try:
        return metadata.version("torch").partition("+")[0] == pin
    except metadata.PackageNotFoundError:
        return False


def answers(url: str, seconds: float) -> bool:
    """Whether the address answers within so many seconds in all.

    A socket's own time limit would not do: it leaves out the look-up of the name, and starts again with
    every byte. The thread is a daemon so that it keeps nobody waiting.
    """
    answered = threading.Event()
    question = threading.Thread(target=_ask, args=(url, seconds, answered), daemon=True)
    question.start()
    question.join(seconds)
    return answered.is_set()


def _ask(url: str, seconds: float, answered: threading.Event) -> None:
    try:
        with urllib.request.urlopen(url, timeout=seconds):
            answered.set()
    except (OSError, http.client.HTTPException):
        return  # no such page, no such host, or nobody there: the usual index is used


def pip(*arguments: str) -> int:
    """The exit code of `pip install`."""
    command = [sys.executable, "-m", "pip", "--disable-pip-version-check", "install"]
    return subprocess.run([*command, *arguments], check=False).returncode


if __name__ == "__main__":
    sys.exit(main(next(iter(sys.argv[1:]), str(REQUIREMENTS))))
