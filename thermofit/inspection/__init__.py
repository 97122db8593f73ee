"""One step, looked into: its sums, its autograd graph, what validation costs.

May import `training` and what is below it.
"""
