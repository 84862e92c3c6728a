"""Hostile requests against a site of this machine: ``python -m tests.fuzzing``, in a short form ``tests/test_fuzzing.py``.

``generators`` makes messages with ``words`` and ``bodies``, ``run`` sends them, ``judge`` looks at what comes back.
"""
