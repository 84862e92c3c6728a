"""``make fuzz``: a site of its own on 127.0.0.1 is sent what every generator makes, for some minutes.

    .venv/bin/python -m tests.fuzzing --minutes 10 --tries 5000 --seed 1

Prints a table; ends with 1 where anything was found; what the site has logged stays in .cache/fuzz. The same seed makes the same attempts.
"""

from __future__ import annotations

import argparse
import sys
import time

from tests.fuzzing.generators import GENERATORS
from tests.fuzzing.judge import SECRET
from tests.fuzzing.run import Row, attack, health, table, workers
from tests.support.server import ROOT, Site, started

LOG = ROOT / ".cache/fuzz/log"
"""What the site writes meanwhile."""
WORKERS = 2
WELL = "The site is well: it answers, no worker was lost, no exception is in its log."


def main() -> int:
    """Attack, then report."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzzing", description=__doc__)
    parser.add_argument("--minutes", type=float, default=10, help="for all generators together")
    parser.add_argument("--tries", type=int, default=5000, help="most attempts of each generator")
    parser.add_argument("--seed", type=int, default=int(time.time()), help="names the attempts")
    asked = parser.parse_args()
    rows: list[Row] = []
    LOG.parent.mkdir(parents=True, exist_ok=True)
    with started(LOG, WEB_CONCURRENCY=str(WORKERS), BAROMETER_METRICS=SECRET) as (address, process):
        web, before = Site(address), workers(process, WORKERS)
        share = 60 * asked.minutes / len(GENERATORS)
        for generator in GENERATORS:
            rows.append(attack(generator, web, asked.tries, asked.seed, share))
            print(f"{generator.name}: {rows[-1].tries} tries", file=sys.stderr, flush=True)
        ill = health(web, process, LOG, before)
    print(f"seed {asked.seed}, {sum(row.tries for row in rows):,} tries\n\n{table(rows)}")
    for row in rows:
        for example in row.examples:
            print(f"\n{row.name}: {example}")
    print("\n".join(("", *(ill or [WELL]))))
    return 1 if ill or any(row.found for row in rows) else 0


if __name__ == "__main__":
    sys.exit(main())
