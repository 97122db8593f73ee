"""A small page with a race on it and nothing else, for the benchmark and the tests of many runs."""
