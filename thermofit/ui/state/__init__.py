"""The session's state and the address: the only place that touches either.

May import `config` and `live`.
"""
