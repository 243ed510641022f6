"""`make bench`: every benchmark, one after another; exit status 1 when one of them misses a target."""

import subprocess
import sys

MODULES = ("benchmarks.reading", "benchmarks.accuracy", "benchmarks.store", "benchmarks.ranking", "benchmarks.checks")

statuses = []
for module in MODULES:
    print(f"== {module}", flush=True)
    statuses.append(subprocess.run([sys.executable, "-m", module]).returncode)
sys.exit(max(statuses))
