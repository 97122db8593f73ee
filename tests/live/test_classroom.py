"""A small class on a real server, over Streamlit's own protocol: everybody gets every row of their run."""

import asyncio
from concurrent.futures import ThreadPoolExecutor

import pytest

from benchmarks.classroom import play, train
from benchmarks.server import Server
from benchmarks.student import Student
from thermofit import Config
from thermofit import train as train_alone

SETTINGS = [
    {"epochs": 700, "speed": "max"},
    {"epochs": 150, "speed": "1000", "optimizer": "Adam", "lr": 0.05, "val": 0},
    {"epochs": 600, "speed": "max", "lr": 0.02, "split_seed": 3},
]


async def attend(server: Server, settings: dict[str, object]) -> Student:
    speed = str(settings["speed"])
    async with Student(server.url, **settings) as student:
        await (train(student) if speed == "max" else play(student, float(speed)))
    return student


async def together(server: Server) -> list[Student]:
    return await asyncio.gather(*(attend(server, settings) for settings in SETTINGS))


@pytest.mark.e2e
def test_everybody_gets_the_own_run_whole() -> None:
    with Server() as server:
        # In a separate thread, because another test's browser may have an event loop in this one.
        with ThreadPoolExecutor(1) as elsewhere:
            students = elsewhere.submit(lambda: asyncio.run(together(server))).result()
        assert server.errors() == 0, server.log.read_text()
    for student, settings in zip(students, SETTINGS, strict=True):
        config = Config(**{name: value for name, value in settings.items() if name != "speed"})
        history, rows = train_alone(config), student.rows()
        assert student.failures == 0
        assert list(rows) == list(range(config.epochs + 1))
        for epoch in range(0, config.epochs + 1, 50):
            told = {name: value for name, value in rows[epoch].items() if name != "seconds"}  # of the server
            spent = history.rows(epoch, epoch + 1, columns=("evaluations",)).item()
            expected = history.row(epoch) | {"evaluations": spent}
            assert told == pytest.approx({name: expected[name] for name in told}, nan_ok=True)
