"""The table to which the browser's landscape is held: it is that of the present landscape."""

import json

import pytest

from tests.landscape.record_surfaces import EXAMPLES, examples, keys

RECORDED = json.loads(EXAMPLES.read_text())


def test_the_table_is_up_to_date() -> None:
    computed = examples()
    assert all(RECORDED[part] == computed[part] for part in ("spec", "side", "rows"))
    for name, surfaces in computed["surfaces"].items():
        assert set(surfaces) == set(RECORDED["surfaces"][name]) == set(keys())
        for key, found in surfaces.items():
            recorded = RECORDED["surfaces"][name][key]
            for part in ("heights", "losses"):
                assert recorded[part] == pytest.approx(found[part], rel=1e-5, abs=1e-6), (name, key)
            assert recorded.get("bands") == found.get("bands")
