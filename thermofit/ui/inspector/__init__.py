"""What stands beneath the Lab's stage: inside a step, the code, the mistake made on purpose.

May import `ui/state`, `inspection` and `export`.
"""
