"""Write `shares.csv` and `differences.csv` anew: the answers of R's package ``survey`` on the rows of `sample`.

    .venv/bin/python -m tests.reference

Needs Rscript and its package survey (Debian: r-cran-survey).
"""

import csv
import subprocess
import tempfile
from pathlib import Path

from tests.reference.sample import rows

FOLDER = Path(__file__).parent

with tempfile.TemporaryDirectory() as folder:
    data = Path(folder) / "sample.csv"
    with data.open("w", encoding="ascii", newline="") as file:
        writer = csv.DictWriter(file, [*rows()[0]], lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows())
    made = (FOLDER / f"{name}.csv" for name in ("shares", "differences"))
    subprocess.run(["Rscript", "--vanilla", FOLDER / "shares.R", data, *made], check=True)
