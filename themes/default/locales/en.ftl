### Every word of the built-in theme that does not come from a document.
### Messages that only the program uses (and no template) stand at the end, under "From the program".

## Frame
language-name = English
languages = Languages
skip = Skip to the text
nav-label = Main
nav-postmortems = Postmortems
nav-services = Services
nav-trends = Trends
nav-actions = Actions
nav-review = Review
nav-health = Health
nav-search = Search
internal-only = Internal. Not for customers.
generated = Built
feed = Feed
calendar = Review calendar
json = Data as JSON
shallow-title = Incomplete history.
shallow-text = This site was built from a shallow or partial clone. Dates, authors and approvals may be wrong or missing. Fetch the whole history and build again.

## Words used everywhere
unknown = unknown
nobody = nobody
no-date = no date
no-reason = no reason given
none-yet = none yet
due = due
time = Time
event = What happened
month = Month
year = Year
years = Years
total = Total
state = State
reason = Reason
rule = Rule
level = Level
line = line { $line }
team = Team
service = Service
services = Services
cause = Contributing factor
causes = Contributing factors
postmortem = Postmortem
incident = Incident
incidents = Incidents
owner = Owner
duration = Duration
downtime = Downtime
target = Availability target
tags = Tags
detection = Noticed by
customers-affected = Customers affected
support-tickets = Support tickets
estimated = estimated
near-miss = near miss
excluded = not in metrics
date-unknown = Date unknown
duration-unknown = duration unknown
severity-unknown = Severity unknown
by-severity = By severity
by-service = By service
by-cause = By contributing factor
data-table = The numbers behind it
count-incidents = { $count ->
    [one] { $count } incident
   *[other] { $count } incidents
}
count-postmortems = { $count ->
    [one] { $count } postmortem
   *[other] { $count } postmortems
}
count-errors = { $count ->
    [one] { $count } error
   *[other] { $count } errors
}
count-warnings = { $count ->
    [0] no warnings
    [one] { $count } warning
   *[other] { $count } warnings
}
count-notes = { $count ->
    [one] { $count } note
   *[other] { $count } notes
}
days-late = { $days ->
    [one] { $days } day late
   *[other] { $days } days late
}
days-left = { $days ->
    [0] today
    [one] { $days } day left
   *[other] { $days } days left
}
days-waiting = { $days ->
    [0] since today
    [one] { $days } day
   *[other] { $days } days
}
duration-under-a-minute = less than a minute
duration-minutes = { $minutes ->
    [one] { $minutes } minute
   *[other] { $minutes } minutes
}
duration-hours = { $hours ->
    [one] { $hours } hour
   *[other] { $hours } hours
}
sample = n = { $n }{ $left_out ->
    [0] { "" }
   *[other] , { $left_out } unknown
}

## States, as authors and history give them
status-draft = Draft
status-in-review = In review
status-final = Final
status-withdrawn = Withdrawn
status-unknown = Status unknown
review-unreviewed = unreviewed
review-approved = approved
review-stale = stale approval
level-error = error
level-warning = warning
level-info = info
outcome-met = met
outcome-late = late
outcome-pending = pending
outcome-overdue = overdue
outcome-unknown = unknown
detection-alert = an alert
detection-monitoring = someone watching a dashboard
detection-customer = a customer
detection-employee = an employee
detection-third-party = a third party
time-started = Started
time-detected = Detected
time-acknowledged = Acknowledged
time-first_comms = First communication
time-status_page = Status page
time-fix_attempt = Fix attempt
time-mitigated = Mitigated
time-resolved = Resolved

## Home
attention = Needs attention
attention-empty = Nothing waits. Reviews, overdue actions and deadlines within three days would stand here.
attention-more = The whole review agenda
need-waiting = waiting
need-stale = stale approval
need-action = overdue action
need-deadline = deadline
recent = Last { $days } days
measure-before = before
median-note = Medians, incidents with a known time only.
trends-more = All trends and definitions
newest = Newest postmortems
newest-more = { $count ->
    [one] The one postmortem
   *[other] All { $count } postmortems
}

## Lists
postmortems-lede = { $count ->
    [one] One postmortem.
   *[other] { $count } postmortems, newest first, by the month the incident started.
}
postmortems-empty = No postmortems yet. Start one with
postmortems-empty-title = What happened
facet-severity = Severity
facet-service = Service
facet-status = Status
facet-review = Review
facet-cause = Contributing factor
facet-tag = Tag
facet-owner = Owner
facets-more = { $count ->
    [one] one more
   *[other] { $count } more
}
causes-lede = What made incidents possible, and whether it came back.
causes-caption = Contributing factors, the most frequent first
causes-empty = No contributing factors yet. They appear as soon as a postmortem names some under causes.
causes-unnamed = { $count ->
    [0] Every incident names at least one.
    [one] One incident names none.
   *[other] { $count } incidents name none.
}
causes-unused = Never named so far:
cause-lede = { $count ->
    [one] One incident, in
   *[other] { $count } incidents, in
}
cause-recurring = Came back in
cause-actions-empty = No action against it is open. Actions come from the postmortems below.
services-lede = What each service went through, and what is still open.
services-caption = Services, the most affected first
services-empty = No services yet. They appear as soon as a postmortem names one under services.
service-empty = No postmortem names this service.
open-actions = Open actions
last-incident = Last incident

## Search
search-label = Words, services, ids
search-help = Beginnings of words are enough. Arrow keys walk through what was found, Enter opens the first.
search-without = This search needs JavaScript. Without it, everything is listed here:
search-results = What was found
search-found = Found: { $count }
search-none = Nothing found. Fewer words, or only their beginnings, find more.
search-failed = The index could not be loaded. Load this page again.
search-more = Show more

## Postmortem
withdrawn-notice = Withdrawn:
draft-notice = This is a draft. It may be incomplete, and it can change at any time.
sections-empty = This document has no text yet.
metrics = Time to
contents = Contents
ruler-caption = From start to resolution, at true distances; times in { $zone }.
ruler-unknown = Not known:
after-previous = { $value } later
timeline-caption = Times in { $zone }
after-start = +{ $value }
before-start = −{ $value }
at-start = start
public-row = public
trail = Review trail
trail-empty = No commit holds this document yet. Its trail begins with the first one.
verdict-approved = { $counted } of { $required } approvals cover the text as it stands.
verdict-stale = The text has changed since it was approved.
verdict-unreviewed = { $counted } of { $required } approvals so far.
changed-after-approval = Changed after approval
renamed-from = moved from
word-diff = What changed, word by word
word-diff-more = { $count ->
    [one] … one more word changed
   *[other] … { $count } more words changed
}
word-diff-older = Changes are told for the newest fifty revisions and those since the last approval. For older ones:
since-approval = What the approval does not cover
front-matter = Front matter
stamp-approved = Approved
stamp-void = Does not count
approval-trailer = by trailer
approval-merge = by merge
approval-squash = by branch protection
signature-verified = signed, verified
signature-unverified = signed, not verified
signature-unsigned = unsigned
recorded-by = recorded by { $name }
recorded-via = given at
clock-draft = Draft
clock-completion = Completion
redaction = What customers see of this text
redaction-text = The newest text as it is written, whether approved or not, with who outside reads each piece of it. Comments and raw HTML are never shown.
redaction-show = Show the text with what stays inside
redaction-inside = Stays inside
redaction-written = Written for them.
redaction-front-matter = Never shown outside.
redaction-named = Shown as { $names }.
redaction-nameless = It has no public name.
redaction-times = Start and resolution only.
redaction-row = Marked { $mark }: its time and the marked cell only.
redaction-block = The block is marked { $mark }.
redaction-heading = A heading is marked { $mark }.
redaction-summary = The customer summary is for everybody.
redaction-unmarked = Nothing marks it for anybody outside.
redaction-unclear = A mark near it is not clear; the findings say which.
customers-see = What customers see
published = published
published-since = since { $date }
not-published = not published
pending-changes = Newer changes wait for an approval; customers read the text approved before.
read-as-customer = Read it as a customer
findings = Findings
findings-empty = None. Every check passed.
related = Related
related-origin = happened before
related-recurrence = happened again
related-related = named by one of the two
related-alike = also
links = Links

## Actions
action-title = Action
action-from = From
action-owner = Owner
action-due = Due
action-status = State
action-ticket = Ticket
action-type-prevent = prevent
action-type-detect = detect
action-type-mitigate = mitigate
action-type-process = process
action-status-overdue = overdue
action-status-open = open
action-status-in-progress = in progress
action-status-done = done
action-status-declined = declined
actions-caption = Actions, the latest first
actions-lede = { $open ->
    [0] All { $count } promised actions are settled.
    [one] One of { $count } promised actions is open, { $overdue } overdue.
   *[other] { $open } of { $count } promised actions are open, { $overdue } overdue.
}
actions-empty = No actions yet. They come from the actions of each postmortem.
person-lede = { $open ->
    [0] No open actions
    [one] One open action, { $overdue } overdue
   *[other] { $open } open actions, { $overdue } overdue
}; { $count ->
    [0] no postmortems
    [one] one postmortem
   *[other] { $count } postmortems
}.
person-actions-empty = No actions. Those that name this owner would stand here.
person-postmortems = Postmortems to answer for
actions-people = Who holds what
actions-people-caption = Open includes in progress; overdue ones are counted as overdue only
actions-more = All actions
and-more = And { $count } more.
and-earlier = { $count ->
    [one] An earlier one is in the JSON:
   *[other] { $count } earlier ones are in the JSON:
}
show-actions = { $count ->
    [one] Show it
   *[other] Show { $count }
}

## Review
review-title = Review agenda
review-meeting = Next meeting:
review-lede = New reports first, then what waits, what changed, what is late, and one older lesson.
waiting-days = { $days ->
    [0] since today
    [one] for one day
   *[other] for { $days } days
}
review-part-new = New since the last meeting
review-part-new-empty = No new postmortems.
review-part-waiting = Waiting for review
review-part-waiting-empty = Nobody waits for a reviewer.
review-part-stale = Changed after approval
review-part-stale-empty = Every approval covers the text as it stands.
review-part-unreviewed = Never reviewed
review-part-unreviewed-empty = Every finished postmortem was reviewed.
deadlines = Deadlines
deadlines-caption = Drafts and completions that are due soon or overdue
deadlines-empty = No deadline is near.
deadline = Deadline
due-column = Due
overdue-actions = Overdue actions
overdue-actions-empty = No action is overdue.
agenda-since = Since { $date }
agenda-nothing = Nothing.
older-lesson = One older lesson

## Health
health-lede = { $documents ->
    [one] What the checks found in one document.
   *[other] What the checks found in { $documents } documents.
}
health-documents = Documents
health-clean = Without findings
health-errors = Errors
health-warnings = Warnings
health-infos = Notes
health-empty = Nothing found: every document passed every check.
unreadable = Could not be read
findings-by-rule = By rule
findings-by-rule-caption = To read what a rule asks for, and why:
findings-by-document = By document
read-postmortem = Read it
suppressions = Suppressed on purpose
suppressions-caption = Rules that a document allows itself to break, with the reason it gives
unreadable-empty = Every file could be read. Those that can't would stand here, with what to do.
suppressions-empty = Nothing is suppressed. Exceptions that documents make would stand here, from their
days-ago = { $days ->
    [0] today
    [one] one day ago
   *[other] { $days } days ago
}
suppressed-since = Since
not-committed = not committed yet

## Trends
periods = Periods
periods-within = Within the year
period-all = All time
filters = Filters
filter-by = Filter by severity, team or service
filter-severity = Severity
filter-team = Team
filter-service = Service
filtered = Only { $kind ->
    [severity] severity
    [team] team
   *[service] service
} { $label }.
filter-clear = Show all incidents
trends-none = No incident has a known start.
trends-lede = { $count ->
    [one] One incident between { $from } and { $to }.
   *[other] { $count } incidents between { $from } and { $to }.
}
trends-runs = The period is not over.
trends-empty = No incidents in this period. Charts appear with the first one.
small-sample = A small sample: one incident can move these figures.
trends-count-heading = Incidents by month
trends-frequency = How often, and how bad
trends-frequency-sentence = { $count ->
    [one] One incident
   *[other] { $count } incidents
}{ $worst ->
    [0] , none of them { $severity }.
   *[other] , { $worst } of them { $severity }.
}
trends-frequency-before = { $period } had { $count ->
    [0] none.
    [one] one.
   *[other] { $count }.
}
trends-frequency-definition = An incident counts where it started ({ $timezone }). Drafts count; withdrawn ones, near misses and those excluded from metrics do not.
trends-frequency-caption = Incidents by severity
trends-when = When
trends-downtime = How long for customers
trends-downtime-sentence = { $value } of downtime in all, { $degraded } degraded; n = { $n }, { $left_out } unknown.
trends-downtime-before = { $period } had { $value } and { $degraded }.
trends-downtime-unknown = No incident has a known length.
trends-downtime-caption = Downtime
downtime-definition = Downtime is the union of the windows in which a service was down, degraded time beside it, not added; without windows, mitigated (or resolved) minus started. It counts where the incident started.
availability = Availability by service
availability-sentence = { $promised ->
    [0] No service has a target.
   *[other] { $missed ->
        [0] { $promised ->
            [one] The one service with a target kept it.
           *[other] All { $promised } services with a target kept it.
        }
       *[other] { $missed } of { $promised } services with a target { $missed ->
            [one] was
           *[other] were
        } below it: { $names }.
    }
}
availability-definition = availability = 1 − down ÷ period; error budget = (1 − target) × period. The period from { $from } to { $to } has { $minutes } min. Windows of all incidents are merged, so that no minute counts twice, and cut to the period, those of incidents that began before it included. Degraded time does not count as down. Left out: incidents that do not say from when to when.
availability-caption = Availability and error budget
availability-target = target
availability-percent = available
availability-down = down
availability-degraded = degraded
availability-budget = error budget
availability-used = used
availability-over = over
availability-more = { $count } more services were down for less.
trends-speed = How fast we notice, tell, mitigate and resolve
lead-resolve = Median time to resolve
lead-duration = Median duration, from start to resolution,
trends-speed-alone = { $lead } is { $value }; n = { $n }, { $left_out } unknown.
trends-speed-few = { $lead } is { $value }; n = { $n }, { $left_out } unknown.
trends-speed-few-before = { $lead } is { $value }; n = { $n }, { $left_out } unknown. { $period } had { $before } (n = { $m }): too few to speak of a change.
trends-speed-fell = { $lead } fell from { $before } to { $value }; n = { $n }, { $left_out } unknown. { $period }: n = { $m }.
trends-speed-rose = { $lead } rose from { $before } to { $value }; n = { $n }, { $left_out } unknown. { $period }: n = { $m }.
trends-speed-unclear = { $lead } is { $value }; n = { $n }, { $left_out } unknown. { $period } had { $before } (n = { $m }): the values lie too wide apart to speak of a change.
trends-speed-unknown = No incident has both a detection and a resolution time.
trends-speed-unmeasured = Not measured, since no incident has the times for it: { $names }.
trends-speed-definition = One dot is one incident and leads to it; the scale is logarithmic. p90 is the nearest-rank 90th percentile. Unknown and negative durations are left out and counted. A median is only said to fall or rise where the ranges in which the two medians lie (84 %, from order statistics) do not overlap.
trends-speed-cloud = Where there are more than 150, columns show how many took how long; the slowest are among the numbers, and shorter periods have dots.
trends-speed-more = The slowest incidents; { $count } more are in shorter periods and in the export.
speed-incidents-caption = Every measure by incident
progress = From period to period
progress-definition = The line goes from the smallest value to p90, the mark is the median. Below eight values there is no summary: each is a dot.
detection-heading = Who noticed first
detection-sentence = { $n ->
    [0] No incident says who noticed it.
   *[other] { $customers ->
        [0] Customers noticed none of { $n } incidents first
       *[other] Customers noticed { $customers } of { $n } incidents first
    }
}
detection-percent = ({ $percent } %)
detection-before = ; { $percent } % in { $period }
detection-definition = Share = noticed by a customer ÷ incidents that say who noticed. { $left_out ->
    [0] None is left out.
   *[other] { $left_out } left out: they do not say.
}
detection-unknown = not said
measure = Time to
measure-detect = Detect
measure-acknowledge = Acknowledge
measure-first_comms = First communication
measure-mitigate = Mitigate
measure-resolve = Resolve
measure-duration = Whole duration
measure-detect-definition = detected − started
measure-acknowledge-definition = acknowledged − detected
measure-first_comms-definition = the earlier of first communication and status page − started
measure-mitigate-definition = mitigated − started
measure-resolve-definition = resolved − detected
measure-duration-definition = resolved − started, where that is not zero
measures-caption = Every measure with its sample
column-n = n
column-left-out = left out
column-median = median
column-p90 = p90
column-max = max
column-mean = mean
column-before = before
median-label = median { $value }
p90-label = p90 { $value }
median-p90-label = median { $median }, p90 { $p90 }
trends-recurrence = What keeps coming back
trends-recurrence-says = { $count ->
    [0] No incident says that it repeats an earlier one.
    [one] One incident says that it repeats an earlier one.
   *[other] { $count } incidents say that they repeat an earlier one.
}
trends-recurrence-sentence = { $count ->
    [one] One pair of service and contributing factor appeared more than once.
   *[other] { $count } pairs of service and contributing factor appeared more than once.
}
trends-recurrence-none = No pair of service and contributing factor appeared twice.
trends-recurrence-definition = An incident counts for each service and each contributing factor it names, so rows add up to more than the total. The lists show what appeared more than once, at most fifteen of each.
recurrence-chain = repeats
recurrence-more = and { $count } more
pairs-caption = Service and contributing factor together, more than once
by-service-caption = Incidents by service
by-cause-caption = Incidents by contributing factor
trends-promises = Do we finish what we promise
trends-promises-sentence = { $done } of { $total } actions are done.
trends-promises-overdue = { $count ->
    [one] One is overdue.
   *[other] { $count } are overdue.
}
trends-promises-none = No actions were promised.
trends-promises-age = { $n ->
    [one] The one that waits is { $max } d old.
   *[other] The { $n } that wait are { $median } d old at the median, the oldest { $max } d.
}
trends-promises-settling = Done ones took { $median } d at the median (n = { $n }).
trends-promises-flow = { $opened ->
    [one] One action was written down
   *[other] { $opened } actions were written down
} in this period and { $settled } settled, whichever incident they are from.
trends-promises-definition = Actions of the incidents of this period, by their state today; open ones past their date count as overdue.
trends-promises-measured = Age = today − the commit that wrote the action down; time to do it = the commit that says done − that one. Measured from git, { $left_out } left out because no commit tells.
actions-opened = written down
actions-settled = done or declined
flow-caption = Actions written down and settled, by the date of the commit
trends-deadlines = Do we review in time
trends-deadlines-sentence = { $decided ->
    [0] No deadline has been decided yet.
   *[other] { $met } of { $decided } decided deadlines were met.
}
clock-draft-definition = From resolution to the first commit, at most { $limit }. Pending ones are not decided; unknown ones have no resolution time.
clock-completion-definition = From resolution to the commit by which the text was final and approved, at most { $limit }. Measured from git, never declared.
load = How much reviewing there was
load-sentence = { $approvals ->
    [0] No approval was given in this period.
    [one] One approval was given in this period.
   *[other] { $approvals } approvals by { $reviewers ->
        [one] one person
       *[other] { $reviewers } people
    } in this period; { $completed ->
        [one] one postmortem was
       *[other] { $completed } postmortems were
    } completed.
}
load-definition = Approvals that count, by the date of their commit, of every postmortem, whenever its incident was. Postmortems that do not count in figures are work, too.
load-caption = Review work
load-drafted = begun
load-approvals = approvals
load-reviewers = reviewers
load-completed = completed
approvals = Approvals

## For customers
public-sentence = What went wrong, what it meant for you, and what we are doing about it.
public-service-sentence = Incidents that affected { $name }.
public-all = All incidents
public-quiet = No incidents reported
public-empty = No incidents have been reported here.
public-ongoing = Ongoing
public-over-no = Not yet. It was still going on when this report was written.
public-quiet-so-far = No incidents reported so far
public-year-sentence = What was reported for { $year }.
public-longest = Longest
public-moved = This report has moved
public-moved-text = You find it here now:
preview = preview
preview-uncommitted = Preview: this text is not committed.
preview-unapproved = Preview: customers do not read this text yet.
preview-published = They read the text that was approved before.
preview-unpublished = They read nothing here.
public-resolved = Resolved
public-what = What happened
public-answers = In short
public-affected = Was I affected?
public-affected-services = You may have noticed it if you used:
public-affected-severity = How bad it was:
public-affected-unknown = We have not listed single services for this incident.
public-over = Is it over?
public-over-yes = Yes. It was resolved on { $at }.
public-over-unknown = This report gives no time of resolution.
public-when = How long was it?
public-zone = Times in { $zone }.
public-timeline = Timeline
public-corrections = Corrections
public-corrected = Changed:
public-corrected-text = The text was corrected.
public-published = Published
public-follow = Follow these reports:
public-updated = Updated
public-retracted = This report was withdrawn
public-retracted-text = We took this report down on { $date }.
public-missing = Page not found
public-missing-text = There is no report at this address. If you followed a link, it may have been moved or withdrawn.
public-history = History
public-history-sentence = { $count ->
    [one] One incident report has been published.
   *[other] { $count } incident reports have been published.
}
public-history-count = Incidents by month
public-history-definition = Published reports only, in the month in which the incident started.
public-history-years = By year
public-history-caption = Incidents by year and severity; duration is from start to resolution
public-history-services-caption = Incidents by service; one incident can affect several
public-median = Median duration
public-total-duration = Duration in all

## From the program: descriptions and corrections for customers
public-service-description = { $count ->
    [one] One incident report about { $name }: what happened, what it meant, and what we did about it.
   *[other] { $count } incident reports about { $name }: what happened, what it meant, and what we did about it.
}
public-year-description = { $count ->
    [one] One incident report for { $year }, by month.
   *[other] { $count } incident reports for { $year }, by month.
}
public-history-description = { $count ->
    [one] One incident report by month, year, severity and service.
   *[other] { $count } incident reports by month, year, severity and service.
}
correction-title = the title
correction-severity = how bad it was
correction-summary = what happened
correction-services = the services affected
correction-started = when it began
correction-resolved = when it was over
correction-timeline = the timeline
correction-details = the details
correction-section = “{ $title }”
correction-added = “{ $title }” was added
correction-removed = { $count ->
    [one] one section was removed
   *[other] { $count } sections were removed
}

## From the program: what changed in a revision
change-created = First version
change-renamed = Moved, text unchanged
change-sections = Changed: { $sections }
change-sections-added = Added: { $sections }
change-sections-removed = Removed: { $sections }
change-front-matter = Front matter: { $keys }
change-status = Status from { $from } to { $to }
change-images = { $count ->
    [one] One image changed
   *[other] { $count } images changed
}
change-approval = Approval only, text unchanged
change-bookkeeping = Bookkeeping only

## From the program: why an approval does not count
approval-reverted = reverted
approval-wrote = wrote part of the text it would approve
approval-bot = an automated account
approval-unidentified = names nobody that can be identified
approval-not-approver = not among the configured approvers
approval-unverified = no signature that could be verified
approval-unsigned = not signed by the approver
approval-superseded = the text changed afterwards

## From the program: why a document is held back
held-approvals = { $needed ->
    [one] Needs one approval.
   *[other] Needs { $needed } approvals.
}
held-not-marked = Not marked for publication (public.publish).
held-draft = The approved text is a draft: it needs an approval of the final one.
held-withdrawn = Withdrawn.
held-privileged = Privileged.
held-severity = Below the severity that is published.
held-delay = Waits until { $date }.
held-findings = { $count ->
    [one] One finding holds it back: { $rules }.
   *[other] { $count } findings hold it back: { $rules }.
}
held-unreadable = The front matter at the tip can not be read.

## From the program: charts
chart-incidents = Incidents by month, stacked by severity
chart-downtime = Time down and degraded
chart-description = { $count } incidents from { $from } to { $to }; the most in one month is { $max }.
chart-description-downtime = { $total } down or degraded from { $from } to { $to }; the most in one column is { $max }.
chart-incidents-slots = Incidents over time, stacked by severity
chart-description-slots = { $count } incidents, { $from } to { $to }; the most in one column is { $max }.
chart-actions = Actions written down and settled over time
chart-description-actions = { $opened } actions written down, { $settled } done or declined.
chart-approvals = Approvals over time
chart-description-approvals = { $count } approvals, { $from } to { $to }; the most in one column is { $max }.
chart-bar-actions = { $month }: { $count ->
    [one] { $count } action
   *[other] { $count } actions
}
chart-bar-approvals = { $month }: { $count ->
    [one] { $count } approval
   *[other] { $count } approvals
}
period-year = { $year }
period-quarter = Q{ $quarter } { $year }
quarter-tick = Q{ $quarter }
period-until = { $period } until { $date }
period-recorded = { $period } (recorded since { $date })
week-from = week from { $date }
chart-bar = { $month }: { $count ->
    [one] { $count } incident
   *[other] { $count } incidents
}
chart-bar-downtime = { $month }: { $value }
limit-hours = { $hours } hours
limit-business-days = { $days ->
    [one] { $days } business day
   *[other] { $days } business days
}
role-commander = Incident commander
role-communications = Communications
role-scribe = Scribe
role-facilitator = Facilitator

## Formats: patterns of chrono's strftime, and how figures are put together
format-locale = en_GB
format-date = %-d %b %Y
format-datetime = %-d %b %Y, %H:%M
format-month = %B %Y
format-month-short = %b
format-day-short = %-d %b
format-group = ,
format-point = .
short-minutes = { $minutes } min
short-hours = { $hours } h
short-hours-minutes = { $hours } h { $minutes } min
short-days = { $days } d
short-days-hours = { $days } d { $hours } h
short-under-a-minute = < 1 min
short-negative = −{ $value }
sections-opening = opening text
approval-kind = this kind of approval is not accepted
held-delay-unknown = Waits for a time of resolution.
held-not-committed = It is in no commit yet.
public-details = In detail
