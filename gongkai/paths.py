"""Where the project's own files lie: the catalogue, the named queries, the message catalogues."""

from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
DATA = PROJECT / "data"
QUERIES = PROJECT / "queries"
LOCALES = PROJECT / "locales"
