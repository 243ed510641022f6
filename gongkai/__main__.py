"""`python -m gongkai`: the command line."""

import sys

from gongkai.cli import main

sys.exit(main())
