"""Print what moved against the exact baseline, and write it anew.

Run ``python -m tests.update_baseline`` after a change that is meant to move results, look at what
it prints, and say in the changelog under *Results changed* what moved and why; ``--look`` writes
nothing.
"""

import sys

import yaml

from tests import baseline


def main(arguments):
    """Compare every file of the record with what the code gives now."""
    write = "--look" not in arguments
    made = {
        "requests": baseline.requests,
        "runs": lambda: baseline.runs(2),
        "studies": baseline.studies,
    }
    there = (baseline.HERE / "platform.yaml").exists()
    same = there and baseline.made_on() == baseline.platform_class()
    count = 0
    for name, make in made.items():
        new = make()
        if (baseline.HERE / f"{name}.csv").exists():
            lines = baseline.moved(name, new, exact=same)
            count += len(lines)
            told = [f"{name}: {len(lines)} of {len(new)} moved", *lines]
            sys.stdout.write("\n  ".join(told) + "\n")
        if write:
            new.to_csv(baseline.HERE / f"{name}.csv", index=False)
    if write:
        told = yaml.safe_dump(baseline.platform_class())
        (baseline.HERE / "platform.yaml").write_text(told, encoding="utf-8")
    return int(count > 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
