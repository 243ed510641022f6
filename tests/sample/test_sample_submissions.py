"""The sample's lists of who is due, of events and of dates, taken in by the commands: how far every unit is, and how
many are how far, is as the truth says."""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from gongkai.store.reader import reader
from gongkai.store.workspace import Workspace, open_workspace

PROJECT = Path(__file__).resolve().parents[2]
YEARS = (2023, 2024)


def gongkai(*words: str, folder: Path, status: int = 0) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "gongkai", "--data", str(folder), *words], cwd=PROJECT, capture_output=True, text=True
    )
    assert done.returncode == status, done.stderr
    return done.stdout + done.stderr


@pytest.fixture(scope="module")
def taken_in(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Workspace]:
    """A city of the sample, its folder and a workspace that holds all of it."""
    base = tmp_path_factory.mktemp("submissions")
    sample, folder = base / "sample", base / "office"
    gongkai("init", str(folder), folder=folder)
    gongkai("sample", str(sample), "--cities", "1", "--years", f"{YEARS[0]}-{YEARS[1]}", folder=folder)
    gongkai("agencies", "import", str(sample / "agencies.csv"), folder=folder)
    gongkai("ingest", str(sample / "reports"), "--manifest", str(sample / "manifest.csv"), folder=folder)
    for name in ("due", "deadlines"):
        gongkai("submissions", name, str(sample / f"{name}.csv"), "--actor", "张三", folder=folder)
    gongkai("submissions", "events", str(sample / "submissions.csv"), folder=folder)
    return sample, open_workspace(folder)


@pytest.mark.parametrize(("item", "told"), [("report", "state"), ("website_form", "website_form")])
def test_states_and_their_counts_are_those_of_the_truth(taken_in: tuple[Path, Workspace], item: str, told: str) -> None:
    sample, workspace = taken_in
    lines = (sample / "truth.jsonl").read_text(encoding="utf-8").splitlines()
    truth = [entry for line in lines if "state" in (entry := json.loads(line))]
    states = Counter(entry[told] for entry in truth if entry["due"])
    assert len(states) > 3
    for year in YEARS:
        asked = {"collection": "office", "year": year, "item": item, "today": f"{year + 1}-02-05"}
        found = reader(workspace).run("submissions", asked)
        due = found[found["due"].astype(bool)]
        wanted = {entry["agency"]: entry[told] for entry in truth if entry["year"] == year and entry["due"]}
        assert dict(zip(due["agency"], due["state"], strict=True)) == wanted
        assert Counter(due["state"]) == Counter(wanted.values())
        assert due["due_on"].notna().all()
        if item == "report":
            versions = {entry["agency"]: len(entry["versions"]) for entry in truth if entry["year"] == year}
            assert {name: versions[name] for name in due["agency"]} == dict(
                zip(due["agency"], due["versions"], strict=True)
            )


def test_the_same_lists_again_change_nothing_and_a_wrong_one_is_refused(taken_in: tuple[Path, Workspace]) -> None:
    sample, workspace = taken_in
    again = gongkai("submissions", "events", str(sample / "submissions.csv"), folder=workspace.folder)
    assert ": 0 events entered" in again
    wrong = sample / "wrong.csv"
    for name, text, named in (
        ("due", "agency,year\n云川省人民政府,2024\n没有这个局,2024\n", "line 3, agency"),
        ("events", "agency,year,item,event,on\n云川省人民政府,2024,report,filed,明天\n", "line 2, on"),
        ("deadlines", "year,item,date\n2024,report,2024-13-01\n", "line 2, date"),
    ):
        wrong.write_text(text, encoding="utf-8")
        assert named in gongkai("submissions", name, str(wrong), folder=workspace.folder, status=2)
