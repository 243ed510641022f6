"""`python invented_ingest.py WORKSPACE COLLECTION PATH...`: ingest with the invented reader; see invented_reports."""

import sys
from pathlib import Path

import invented_reports

from gongkai.store.ingest import Reader, ingest
from gongkai.store.workers import Limits
from gongkai.store.workspace import open_workspace

if __name__ == "__main__":
    done = ingest(
        open_workspace(Path(sys.argv[1])),
        [Path(argument) for argument in sys.argv[3:]],
        sys.argv[2],
        worker_count=1,
        actor="测试",
        reader=Reader(invented_reports.read, "1"),
        limits=Limits(seconds=20.0, memory=2 * 1024**3),
    )
    print(done.stored, len(done.failures), len(done.unconfirmed))
