"""What is below the Lab's stage: a look inside a step, the code, and the mistake made on purpose.

May import `ui/state`, `inspection` and `export`.
"""
