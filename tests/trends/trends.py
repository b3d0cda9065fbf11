#!/usr/bin/env python3
"""Computes the figures of `api/trends.json` a second time, from the Markdown files and git alone, and compares.

usage: trends.py REPOSITORY TRENDS_JSON --now RFC3339 [--summary]

It shares no code with lookback and reads nothing that lookback wrote but the file it judges. What PRODUCT says is
computed the plain way: a list, sorted, counted. It reads the front matter that lookback documents, the timeline's marked
table rows, `fields:` of the configuration, and who committed what when; not the many ways in which people write things
without front matter. When a text was complete depends on its approvals, which tests/it/review.rs holds by scenarios, so
`completion_sla` is left out here.
"""
import argparse
import collections
import datetime as dt
import json
import math
import os
import re
import subprocess
import sys
import zoneinfo

import yaml

LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
UTC = dt.timezone.utc
CLOCKS = ["started", "detected", "acknowledged", "first_comms", "status_page", "mitigated", "resolved"]
MEASURES = ["detect", "acknowledge", "first_comms", "mitigate", "resolve", "downtime", "duration"]
FOREIGN_SEVERITIES = [
    ["down", "p1", "critical"], ["disrupted", "p2", "major", "high"], ["notice", "p3", "minor", "medium"], ["p4", "low"],
]
TIME = re.compile(
    r"(\d{4})-(\d\d)-(\d\d)(?:[T ](\d{1,2}):(\d\d)(?::(\d\d)(?:\.\d+)?)?)?\s*(Z|UTC|[+-]\d\d:?\d\d|[A-Z][A-Za-z]+/[A-Za-z_/]+)?"
)


def load(text):
    """YAML with every scalar as it is written."""
    return yaml.load(text, Loader=LOADER)


class Settings:
    def __init__(self, repository):
        path = os.path.join(repository, "lookback.yml")
        raw = load(open(path, encoding="utf-8").read()) if os.path.exists(path) else {}
        raw = raw or {}
        self.zone = zoneinfo.ZoneInfo((raw.get("site") or {}).get("timezone", "UTC"))
        self.root = raw.get("content", "postmortems")
        self.fields = raw.get("fields") or {}
        severities = raw.get("severities") or [
            {"id": "SEV1", "name": "Critical"}, {"id": "SEV2", "name": "Major"}, {"id": "SEV3", "name": "Minor"}, {"id": "SEV4", "name": "Low"},
        ]
        self.severities = [(one["id"], one.get("name", one["id"])) for one in severities]
        self.services = raw.get("services") or []
        within = (raw.get("review") or {}).get("draft_within", "48h")
        self.draft_within = dt.timedelta(hours=int(re.fullmatch(r"(\d+)h", within).group(1)))

    def severity(self, written):
        word = written.strip().casefold()
        for identity, name in self.severities:
            if word in (identity.casefold(), name.casefold()):
                return identity
        for rank, words in enumerate(FOREIGN_SEVERITIES[: len(self.severities)]):
            if word in words:
                return self.severities[rank][0]
        return "unknown"

    def service(self, written):
        word = written.strip().casefold()
        for service in self.services:
            if word in (service["id"].casefold(), service.get("name", service["id"]).casefold()):
                return service["id"]
        return written

    def target(self, identity):
        for service in self.services:
            if service["id"] == identity and "target" in service:
                return float(service["target"])
        return None


def instant(local, zone):
    """The instant of a local time; of two, and around a gap, the earlier."""
    return min(local.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (0, 1))


def moment(value, zone):
    """A time of front matter: None when nothing is said, "unknown" when it is said that nobody knows, else an instant."""
    if isinstance(value, dict):
        value = value.get("at")
    if not isinstance(value, str) or not value.strip():
        return None
    found = TIME.fullmatch(value.strip())
    if not found:
        return "unknown"
    year, month, day, hour, minute, second, written = found.groups()
    local = dt.datetime(int(year), int(month), int(day), int(hour or 0), int(minute or 0), int(second or 0))
    if written in ("Z", "UTC"):
        zone = UTC
    elif written and written[0] in "+-":
        digits = written[1:].replace(":", "")
        offset = dt.timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
        zone = dt.timezone(offset if written[0] == "+" else -offset)
    elif written:
        zone = zoneinfo.ZoneInfo(written)
    return instant(local, zone)


def marked_rows(body, zone, day):
    """(milestone, instant) of the rows of the timeline's table that have a mark."""
    section = re.search(r"^## (?:Timeline|타임라인)\s*$(.*?)(?=^## |\Z)", body, re.M | re.S)
    found, previous = [], None
    for line in section.group(1).splitlines() if section else []:
        if not line.startswith("|"):
            continue
        first = line.strip("|").split("|")[0].strip()
        header = re.search(r"\((UTC|[A-Z][A-Za-z]+/[A-Za-z_]+)\)", first)
        if header:
            zone = UTC if header.group(1) == "UTC" else zoneinfo.ZoneInfo(header.group(1))
        time = re.match(r"(?:(\d{4}-\d\d-\d\d) )?(\d\d):(\d\d)$", first)
        if not time:
            continue
        clock = dt.time(int(time.group(2)), int(time.group(3)))
        if time.group(1):
            day = dt.date.fromisoformat(time.group(1))
        elif previous and clock < previous:
            day += dt.timedelta(days=1)
        previous = clock
        for mark in re.findall(r"\[([a-z-]+)\]", line):
            if mark.replace("-", "_") in CLOCKS and day:
                found.append((mark.replace("-", "_"), instant(dt.datetime.combine(day, clock), zone)))
    return found


class Incident:
    """One document that counts."""

    def __init__(self, front, body, settings):
        zone = zoneinfo.ZoneInfo(front["timezone"]) if front.get("timezone") else settings.zone
        written = front.get("times") or {}
        times = {}
        for clock in CLOCKS:
            spellings = [written.get(clock), front.get(clock)] + [front.get(key) for key in settings.fields.get(clock, [])]
            # `resolved: true` says that it is over, not when.
            read = [moment(one, zone) for one in spellings if one not in ("true", "false")]
            times[clock] = next((one for one in read if one is not None), None)
        start = times["started"]
        for clock, at in marked_rows(body, zone, start.date() if isinstance(start, dt.datetime) else None):
            times[clock] = times[clock] or at
        self.times = {clock: at if isinstance(at, dt.datetime) else None for clock, at in times.items()}

        def values(key):
            for spelling in [key, *settings.fields.get(key, [])]:
                found = front.get(spelling)
                if found:
                    return found if isinstance(found, list) else [found]
            return []

        self.services = list(dict.fromkeys(settings.service(one) for one in values("services")))
        self.causes = values("causes")
        self.severity = settings.severity((values("severity") or [""])[0])
        self.detection = (values("detection") or ["unknown"])[0]
        self.is_recurrence = bool(values("recurrence_of"))
        self.windows, self.unbounded = [], set()
        for impact in values("impacts"):
            begin, end = moment(impact.get("start"), zone), moment(impact.get("end"), zone)
            service = settings.service(impact["service"]) if impact.get("service") else None
            if isinstance(begin, dt.datetime) and isinstance(end, dt.datetime) and begin <= end:
                self.windows.append((service, impact["level"], begin, end))
            else:
                self.unbounded |= {service} if service else set(self.services)
        self.outages = [(one, level, begin, end) for service, level, begin, end in self.windows for one in ([service] if service else self.services)]
        if not values("impacts"):
            end = self.times["mitigated"] or self.times["resolved"]
            if self.times["started"] and end and self.times["started"] <= end:
                self.outages = [(service, "down", self.times["started"], end) for service in self.services]
            else:
                self.unbounded = set(self.services)
        self.local = self.times["started"].astimezone(settings.zone) if self.times["started"] else None

    def minutes(self, measure):
        at = self.times
        def gap(begin, end):
            return (at[end] - at[begin]).total_seconds() / 60 if at[begin] and at[end] else None
        if measure == "detect":
            return gap("started", "detected")
        if measure == "acknowledge":
            return gap("detected", "acknowledged")
        if measure == "mitigate":
            return gap("started", "mitigated")
        if measure == "resolve":
            return gap("detected", "resolved")
        if measure == "duration":
            # An incident without a length has no known one.
            return gap("started", "resolved") or None
        if measure == "first_comms":
            first = [at[one] for one in ("first_comms", "status_page") if at[one]]
            return (min(first) - at["started"]).total_seconds() / 60 if first and at["started"] else None
        if self.windows:
            return seconds_covered([(begin, end) for _, level, begin, end in self.windows if level == "down"]) / 60
        return gap("started", "mitigated" if at["mitigated"] else "resolved")


def seconds_covered(windows):
    """Seconds in at least one of the windows, counted between neighbouring edges."""
    edges = sorted({edge for window in windows for edge in window})
    inside = 0
    for begin, end in zip(edges, edges[1:]):
        if any(start <= begin and end <= stop for start, stop in windows):
            inside += (end - begin).total_seconds()
    return inside


def documents(repository, root):
    for folder, folders, names in os.walk(os.path.join(repository, root)):
        folders[:] = sorted(one for one in folders if not one.startswith((".", "_")))
        for name in sorted(names):
            if name.endswith(".md") and not name.startswith((".", "_")) and name not in ("README.md", "template.md"):
                yield os.path.relpath(os.path.join(folder, name), repository)


def first_commits(repository):
    """When the first commit of each document was made, followed through renames, from one walk."""
    log = subprocess.run(
        ["git", "-C", repository, "-c", "core.quotepath=off", "log", "--topo-order", "-M", "--name-status", "--format=%x00%aI"],
        check=True, capture_output=True, text=True).stdout
    now_called, first = {}, {}
    for commit in log.split("\0")[1:]:
        date, *lines = commit.strip().splitlines()
        renamed = {}
        for line in filter(None, lines):
            kind, *paths = line.split("\t")
            for tip in now_called.pop(paths[-1], None) or ([paths[-1]] if paths[-1] not in first else []):
                first[tip] = dt.datetime.fromisoformat(date)
                renamed.setdefault(paths[0], []).append(tip)
        for path, tips in renamed.items():
            now_called.setdefault(path, []).extend(tips)
    return first


def distribution(values):
    known = sorted(one for one in values if one is not None and one >= 0)
    n, left_out = len(known), len(values) - len(known)
    if not n:
        return {"n": 0, "left_out": left_out, "median": None, "p90": None, "max": None, "mean": None}
    median = known[n // 2] if n % 2 else (known[n // 2 - 1] + known[n // 2]) / 2
    return {"n": n, "left_out": left_out, "median": median, "p90": known[math.ceil(0.9 * n) - 1], "max": known[-1], "mean": sum(known) / n}


def count(values):
    return dict(collections.Counter(values))


def period(incidents, settings, now, drafted):
    def draft(incident):
        resolved, done = incident.times["resolved"], drafted.get(incident.path)
        if not resolved:
            return "unknown"
        due = resolved + settings.draft_within
        return ("met" if done <= due else "late") if done else ("pending" if now <= due else "overdue")

    figures = {
        "incidents": len(incidents),
        "by_severity": count(one.severity for one in incidents),
        "by_service": count(service for one in incidents for service in one.services),
        "by_cause": count(cause for one in incidents for cause in one.causes),
        "by_detection": count(one.detection for one in incidents),
        "recurrences": sum(one.is_recurrence for one in incidents),
        "downtime_minutes": sum(m for one in incidents if (m := one.minutes("downtime")) is not None and m >= 0),
        "draft_sla": count(map(draft, incidents)),
    }
    for measure in MEASURES:
        figures[measure] = distribution([one.minutes(measure) for one in incidents])
    return figures


def availability(incidents, begin, end, settings, is_here):
    figures = {}
    length = (end - begin).total_seconds() / 60
    promised = {one["id"] for one in settings.services if "target" in one}
    named = promised | {outage[0] for one in incidents for outage in one.outages} | {service for one in incidents for service in one.unbounded}
    for service in named:
        def lost(level):
            clipped = [(max(begin, start), min(end, stop)) for one in incidents for name, kind, start, stop in one.outages
                       if name == service and kind == level and start < end and stop > begin]
            return seconds_covered(clipped) / 60
        target = settings.target(service)
        of = {
            "period_minutes": length, "down_minutes": lost("down"), "degraded_minutes": lost("degraded"),
            "left_out": sum(service in one.unbounded and is_here(one) for one in incidents),
        }
        if service in promised or of["down_minutes"] or of["degraded_minutes"] or of["left_out"]:
            of["availability"] = 100 - 100 * of["down_minutes"] / length if length else None
            of["target"], of["budget_minutes"] = target, None if target is None else length * (100 - target) / 100
            figures[service] = of
    return figures


def edges(kind, key, settings):
    year, part = int(key[:4]), key[5:].lstrip("Q")
    first, months = {"years": (1, 12), "quarters": (3 * int(part or 1) - 2, 3), "months": (int(part or 1), 1)}[kind]
    last = first + months
    return [instant(dt.datetime(year + (month > 12), (month - 1) % 12 + 1, 1), settings.zone) for month in (first, last)]


def compute(repository, now):
    settings = Settings(repository)
    drafted = first_commits(repository)
    incidents = []
    for path in documents(repository, settings.root):
        text = open(os.path.join(repository, path), encoding="utf-8").read()
        _, front, body = re.split(r"^---[ \t]*$", text, maxsplit=2, flags=re.M)
        front = load(front)
        stays_out = any(front.get(key) == "true" for key in ("near_miss", "exclude_from_metrics", "privileged"))
        if stays_out or front.get("status") == "withdrawn":
            continue
        incident = Incident(front, body, settings)
        incident.path = path
        incidents.append(incident)
    groups = {"years": {}, "quarters": {}, "months": {}}
    for incident in incidents:
        if incident.local:
            year, month = incident.local.year, incident.local.month
            for kind, key in (("years", f"{year}"), ("quarters", f"{year}-Q{(month + 2) // 3}"), ("months", f"{year}-{month:02}")):
                groups[kind].setdefault(key, []).append(incident)
    figures = {"all": period(incidents, settings, now, drafted)}
    first = min((one.local for one in incidents if one.local), default=None)
    if first:
        begin = instant(dt.datetime(first.year, first.month, 1), settings.zone)
        figures["all"]["availability"] = availability(incidents, begin, now, settings, lambda one: True)
    for kind, keys in groups.items():
        figures[kind] = {key: period(of, settings, now, drafted) for key, of in keys.items()}
        for key in keys:
            begin, end = edges(kind, key, settings)
            end = max(begin, min(end, now))
            started = lambda one: bool(one.times["started"]) and begin <= one.times["started"] < end
            figures[kind][key]["availability"] = availability(incidents, begin, end, settings, started)
    return figures, incidents


def leaves(value, path=()):
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from leaves(inner, (*path, key))
        if not value:
            yield path, {}
    else:
        yield path, value


def differences(ours, theirs):
    """Figures that are not equal. What lookback has and this script does not know is none."""
    known = {path[-1] if len(path) < 2 else path for path, _ in leaves(ours)}
    theirs = dict(leaves(theirs))
    ours = dict(leaves(ours))
    tables = {path[:-1] for path in ours if path[:-1] and path[-2].startswith(("by_", "draft_sla", "availability", "years", "quarters", "months"))}
    for path, value in theirs.items():
        if path not in ours and path[:-1] in tables and known:
            yield path, None, value
    for path, value in ours.items():
        other = theirs.get(path, "missing")
        if isinstance(value, (int, float)) and isinstance(other, (int, float)):
            if abs(value - other) <= 1e-6 * max(1, abs(value)):
                continue
        elif value == other:
            continue
        yield path, value, other


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("repository")
    arguments.add_argument("trends")
    arguments.add_argument("--now", required=True)
    arguments.add_argument("--summary", action="store_true")
    options = arguments.parse_args()
    ours, incidents = compute(options.repository, dt.datetime.fromisoformat(options.now.replace("Z", "+00:00")))
    theirs = json.load(open(options.trends, encoding="utf-8"))
    if options.summary:
        lengths = [one for one in incidents if (one.minutes("duration") or -1) > 0]
        print(len(incidents), "documents count;", len(lengths), "have a positive duration, median", distribution([one.minutes("duration") for one in lengths])["median"], "min")
        print("by year", sorted(count(one.local.year for one in lengths).items()), "by severity", sorted(count(one.severity for one in lengths).items()))
    wrong = list(differences(ours, theirs))
    for path, value, other in wrong[:20]:
        print(" › ".join(path), "is", value, "here and", other, "there", file=sys.stderr)
    figures = sum(1 for _ in leaves(ours))
    print(f"trend figures: {figures - len(wrong)} equal, {len(wrong)} different")
    # A comparison that can't fail proves nothing: one figure is changed, and must be missed.
    theirs["all"]["resolve"]["n"] += 1
    theirs["months"].popitem()
    if len(list(differences(ours, theirs))) <= len(wrong) + 1:
        sys.exit("a changed figure was not noticed")
    sys.exit(1 if wrong or not figures else 0)


if __name__ == "__main__":
    main()
