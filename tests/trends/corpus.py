#!/usr/bin/env python3
"""Writes a repository of short postmortems whose times are written in every way that counts, the same for the same number.

usage: corpus.py N OUTDIR

Zones, changes of clocks, the turn of a year, unknown, estimated, negative and equal times, times that only the timeline
has, windows that overlap, touch, are open or span months, foreign severities and keys, documents that do not count,
drafts in time and late, renames. tests/trends/trends.py computes what must come out.
"""
import datetime as dt
import os
import random
import subprocess
import sys

N, OUT = int(sys.argv[1]), sys.argv[2]
R = random.Random(7)
CONFIG = """site: {title: Figures, timezone: Europe/Amsterdam}
fields: {started: [began], resolved: [over], services: [touched]}
severities:
  - {id: S1, name: Severe}
  - {id: S2, name: Bad}
  - {id: S3, name: Small}
services:
  - {id: api, name: Public API, target: 99.9}
  - {id: web, name: Web shop, target: 99.5}
  - {id: mail, name: Mail}
  - {id: depot, name: Depot, target: 99.0}
review: {draft_within: 72h}
"""
ZONES = ["Z", "+09:00", "-03:30", " Asia/Seoul", " Europe/Amsterdam", " UTC", ""]
OFFSETS = {"Z": 0, " UTC": 0, "+09:00": 540, " Asia/Seoul": 540, "-03:30": -210}


def written(at):
    """An instant in UTC, written in some zone; local times of Amsterdam as they fall, changes of clocks included."""
    zone = R.choice(ZONES)
    local = at + dt.timedelta(minutes=OFFSETS.get(zone, 60))
    text = local.strftime("%Y-%m-%dT%H:%M:%S" if zone[:1] in ("Z", "+", "-") else "%Y-%m-%d %H:%M") + zone
    return "{at: '%s', estimated: true}" % text if R.random() < .1 else "'%s'" % text


def minutes(low, high):
    return dt.timedelta(minutes=R.randint(low, high))


def document(number):
    # Some begin around the turn of a year, some around changes of clocks, the rest anywhere.
    edge = R.choice(["2024-12-31T22:30", "2025-12-31T22:30", "2025-03-30T00:30", "2024-10-27T00:30", None, None, None])
    start = dt.datetime.fromisoformat(edge) + minutes(0, 120) if edge else dt.datetime(2024, 1, 1) + minutes(0, 60 * 24 * 1050)
    start = start.replace(second=R.choice([0, 0, 0, 31]))
    detected = start + minutes(-5, 90)
    acknowledged = detected + minutes(0, 20)
    mitigated = start + minutes(0, 300)
    resolved = R.choice([mitigated + minutes(0, 200), start, start - minutes(1, 99), start + minutes(1, 60 * 24 * 40)])
    services = R.sample(["api", "Public API", "web", "mail", "Depot", "legacy"], R.randint(1, 3))
    times = {"started": start, "detected": detected, "acknowledged": acknowledged, "mitigated": mitigated, "resolved": resolved}
    times["first_comms"], times["status_page"] = start + minutes(0, 60), start + minutes(0, 60)
    in_table = start + minutes(1, 40) if R.random() < .2 else None
    if in_table:
        del times["detected"]
    lines = ["title: Figure %d" % number, "severity: " + R.choice(["S1", "s2", "Small", "P1", "minor", "down", "whatever"])]
    lines.append("services: [%s]" % ", ".join(services) if R.random() < .9 else "touched: [web]")
    given = []
    for key, at in times.items():
        chance = R.random()
        if key == "started" and number % 9 == 0:
            lines.append("began: " + written(at))
        elif chance < .8 or key == "started" and chance < .97:
            given.append("  %s: %s" % (key, written(at)))
        elif chance < .9:
            given.append("  %s: unknown" % key)
    lines += ["times:", *given] if given else []
    if R.random() < .5:
        lines.append("impacts:")
        for _ in range(R.randint(1, 4)):
            begin = start + minutes(-10, 100)
            end = begin + (minutes(0, 120) if R.random() < .9 else minutes(1, 60 * 24 * 50))
            service = R.choice(["service: api, ", "service: Web shop, ", "service: legacy, ", ""])
            stop = "" if R.random() < .08 else ", end: %s" % end.strftime("'%Y-%m-%dT%H:%M:%SZ'")
            lines.append("  - {%slevel: %s, start: %s%s}" % (service, R.choice(["down", "degraded"]), begin.strftime("'%Y-%m-%dT%H:%M:%SZ'"), stop))
    if R.random() < .7:
        lines.append("detection: " + R.choice(["alert", "monitoring", "customer", "employee", "third-party"]))
    lines.append("causes: [%s]" % ", ".join(R.sample(["dns", "deploy", "capacity", "clock"], R.randint(0, 2))))
    if R.random() < .1:
        lines.append("recurrence_of: [figure-%d]" % R.randint(0, number))
    lines.append("status: " + R.choice(["draft", "in-review", "final", "final", "withdrawn"]))
    if R.random() < .08:
        lines.append(R.choice(["near_miss: true", "exclude_from_metrics: true", "privileged: true"]))
    body = "## Summary\nShort.\n\n"
    if in_table:
        body += "## Timeline\n| Time (UTC) | Event |\n|---|---|\n| %s | Begins |\n| %s | Alert [detected] |\n" % (
            start.strftime("%Y-%m-%d %H:%M"), in_table.strftime("%H:%M"))
    text = "---\n" + "\n".join(lines) + "\n---\n\n" + body
    committed = max(resolved + minutes(0, 60 * 24 * 5), dt.datetime(2024, 1, 1))
    return committed, "postmortems/%d/figure-%d.md" % (start.year, number), text


def blob(path, text):
    data = text.encode()
    return b"M 100644 inline %s\ndata %d\n%s\n" % (path.encode(), len(data), data)


def commit(at, subject, changes):
    seconds = int(at.replace(tzinfo=dt.timezone.utc).timestamp())
    who = "Figures <figures@example.com> %d +0100" % seconds
    return b"commit refs/heads/main\nauthor %s\ncommitter %s\ndata %d\n%s\n%s\n" % (who.encode(), who.encode(), len(subject), subject.encode(), changes)


def main():
    documents = sorted(document(number) for number in range(N))
    stream = [commit(dt.datetime(2023, 12, 1), "config", blob("lookback.yml", CONFIG))]
    for number, (at, path, text) in enumerate(documents):
        before = path.replace("postmortems/", "postmortems/drafts/") if number % 25 == 0 else path
        stream.append(commit(at, "draft", blob(before, text)))
        if before != path:
            stream.append(commit(at + dt.timedelta(days=30), "move", b"R %s %s\n" % (before.encode(), path.encode())))
    os.makedirs(OUT)
    subprocess.run(["git", "init", "--quiet", "--initial-branch=main", OUT], check=True)
    subprocess.run(["git", "-C", OUT, "fast-import", "--quiet"], input=b"".join(stream), check=True)
    subprocess.run(["git", "-C", OUT, "reset", "--quiet", "--hard", "main"], check=True)


if __name__ == "__main__":
    main()
