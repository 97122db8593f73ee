"""The installation takes PyTorch's CPU build where it can, and never depends on it."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.metadata import PackageNotFoundError
from pathlib import Path

import pytest

from tools import install

ROOT = Path(__file__).parent.parent
PIN = install.pinned_version((ROOT / "requirements.txt").read_text())
PLAIN = ("-r", "some.txt")
AMPLE = 60.0  # seconds for a local server that answers or refuses at once


class Index:
    """A package index on loopback that answers with `status`, or with nothing until `released`."""

    def __init__(self, status: int | None) -> None:
        self.asked: list[str] = []
        self.released = threading.Event()
        index = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                index.asked.append(self.path)
                if status is None:
                    index.released.wait(AMPLE)
                else:
                    self.send_response(status)
                    self.end_headers()

            def log_message(self, *_: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}/whl/cpu"
        threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.01}).start()

    def close(self) -> None:
        self.released.set()
        self.server.shutdown()
        self.server.server_close()


@pytest.fixture
def index(request: pytest.FixtureRequest) -> Iterator[Index]:
    index = Index(getattr(request, "param", 200))
    yield index
    index.close()


@pytest.fixture(autouse=True)
def _linux(monkeypatch: pytest.MonkeyPatch) -> None:
    """Linux without torch, and no proxy between a test and its own server."""
    monkeypatch.setattr(install.sys, "platform", "linux")
    monkeypatch.setenv("no_proxy", "*")
    torch_is(monkeypatch, None)


@pytest.fixture
def pip(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, ...]]:
    """The calls of pip, in order; nothing is installed."""
    calls: list[tuple[str, ...]] = []
    monkeypatch.setattr(install, "pip", lambda *arguments: calls.append(arguments) or 0)
    return calls


def torch_is(monkeypatch: pytest.MonkeyPatch, version: str | None) -> None:
    def find(name: str) -> str:
        if version is None:
            raise PackageNotFoundError(name)
        return version

    monkeypatch.setattr(install.metadata, "version", find)


def from_index(index: Index) -> tuple[str, ...]:
    return ("--no-deps", "--index-url", index.url, f"torch=={PIN}")


def test_torch_alone_comes_from_an_index_that_answers(index, pip, capsys):
    assert install.main("some.txt", index.url, AMPLE) == 0
    assert pip == [from_index(index), PLAIN] and index.asked == ["/whl/cpu/torch/"]
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize("index", [404, 503], indirect=True)
def test_an_index_without_torch_is_left_out(index, pip, capsys):
    assert install.main("some.txt", index.url, AMPLE) == 0
    assert pip == [PLAIN] and "gigabytes of CUDA" in capsys.readouterr().out


@pytest.mark.parametrize("index", [None], indirect=True)
def test_an_index_that_hangs_is_not_waited_for(index, pip, capsys):
    assert install.main("some.txt", index.url, patience=0.2) == 0
    assert not index.released.is_set()  # the index still hangs
    assert pip == [PLAIN] and "within 0.2 seconds" in capsys.readouterr().out


def test_an_index_that_refuses_the_connection_is_left_out(index, pip, capsys):
    index.server.server_close()
    assert install.main("some.txt", index.url, AMPLE) == 0
    assert pip == [PLAIN] and index.asked == [] and "gigabytes of CUDA" in capsys.readouterr().out


def test_where_pip_finds_nothing_in_the_index_the_plain_install_goes_on(index, monkeypatch, capsys):
    calls: list[tuple[str, ...]] = []
    monkeypatch.setattr(install, "pip", lambda *call: calls.append(call) or int("--index-url" in call))
    assert install.main("some.txt", index.url, AMPLE) == 0
    assert calls == [from_index(index), PLAIN] and "could not be installed" in capsys.readouterr().out


@pytest.mark.parametrize("version", [PIN, f"{PIN}+cpu", f"{PIN}+cu130"])
def test_the_right_torch_is_left_alone_and_no_index_is_asked(index, pip, monkeypatch, capsys, version):
    torch_is(monkeypatch, version)
    assert install.main("some.txt", index.url, AMPLE) == 0
    assert pip == [PLAIN] and index.asked == [] and capsys.readouterr().out == ""


@pytest.mark.parametrize("version", ["1.0.0", f"{PIN}1", f"{PIN}1+cpu"])
def test_another_version_of_torch_is_replaced(index, pip, monkeypatch, version):
    torch_is(monkeypatch, version)
    install.main("some.txt", index.url, AMPLE)
    assert pip == [from_index(index), PLAIN]


@pytest.mark.parametrize("platform", ["darwin", "win32"])
def test_elsewhere_than_on_linux_no_index_is_asked(index, pip, monkeypatch, platform):
    monkeypatch.setattr(install.sys, "platform", platform)
    install.main("some.txt", index.url, AMPLE)
    assert pip == [PLAIN] and index.asked == []


def test_the_exit_code_is_that_of_the_plain_install(index, monkeypatch):
    monkeypatch.setattr(install, "pip", lambda *call: 3 if "-r" in call else 0)
    assert install.main("some.txt", index.url, AMPLE) == 3


def test_the_index_gets_two_seconds():
    assert install.PATIENCE == 2.0


@pytest.mark.parametrize("line", ["torch==9.8.7", "torch == 9.8.7  # exact", "torch==9.8.7;os_name>'a'"])
def test_the_pin_is_read_from_its_line(line):
    assert install.pinned_version(f"# torch==1.0\ntorchvision==2.0\n{line}\n") == "9.8.7"


def test_requirements_without_a_pin_are_refused():
    with pytest.raises(ValueError, match="pin no version"):
        install.pinned_version("torch>=2\n")
