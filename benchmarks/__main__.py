"""`make bench`: every benchmark at its small size."""

import subprocess
import sys

MODULES = ("benchmarks.reading", "benchmarks.accuracy", "benchmarks.store")

sys.exit(max(subprocess.run([sys.executable, "-m", module]).returncode for module in MODULES))
