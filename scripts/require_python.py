"""Stop with one plain line when Python is too old for the locked requirements."""

import sys

if sys.version_info < (3, 11):  # noqa: UP036 - an older Python is exactly what this file is for
    sys.exit(f"Gongkai needs Python 3.11 or newer; this is {sys.version.split()[0]}. Try: make PYTHON=python3.11 run")
