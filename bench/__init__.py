"""Load and micro benchmarks of the estate, each against a named peer or a named target, and the soak.

    python -m bench [names…] [--rounds N] [--publish]

Raw rows and the facts of the machine go to ``bench/results/``; ``docs/performance.md`` is written from them.
"""
