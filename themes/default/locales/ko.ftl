### 문서에서 오지 않는, 기본 테마의 모든 문구.
### 템플릿이 아니라 프로그램만 쓰는 문구는 끝의 "From the program"에 있다.

## Frame
language-name = 한국어
languages = 언어
skip = 본문으로 건너뛰기
nav-label = 주 메뉴
nav-postmortems = 포스트모템
nav-services = 서비스
nav-trends = 추세
nav-actions = 후속 조치
nav-review = 검토
nav-search = 검색
nav-health = 점검
internal-only = 내부용. 고객에게 공개하지 않습니다.
generated = 생성
feed = 피드
calendar = 검토 일정
json = JSON 데이터
shallow-title = 이력이 온전하지 않습니다.
shallow-text = 얕은 복제본 또는 부분 복제본에서 만든 사이트입니다. 날짜, 작성자, 승인이 틀리거나 빠졌을 수 있습니다. 전체 이력을 가져와 다시 빌드하세요.

## Words used everywhere
unknown = 알 수 없음
nobody = 담당자 없음
no-date = 기한 없음
no-reason = 사유 없음
none-yet = 아직 없음
due = 기한
time = 시각
event = 내용
month = 월
year = 연도
years = 연도
total = 합계
state = 상태
reason = 사유
rule = 규칙
level = 수준
line = { $line }행
team = 팀
service = 서비스
services = 서비스
cause = 기여 요인
causes = 기여 요인
postmortem = 포스트모템
incident = 장애
incidents = 장애
owner = 담당자
duration = 지속 시간
downtime = 중단 시간
target = 가용성 목표
tags = 태그
detection = 인지 경로
customers-affected = 영향받은 고객
support-tickets = 고객 문의
estimated = 추정
near-miss = 아차 사고
excluded = 지표 제외
date-unknown = 날짜 미상
duration-unknown = 지속 시간 미상
severity-unknown = 심각도 미상
by-severity = 심각도별
by-service = 서비스별
by-cause = 기여 요인별
data-table = 수치 보기
count-incidents = 장애 { $count }건
count-postmortems = 포스트모템 { $count }건
count-errors = 오류 { $count }건
count-warnings = { $count ->
    [0] 경고 없음
   *[other] 경고 { $count }건
}
count-notes = 참고 { $count }건
days-late = { $days }일 지남
days-left = { $days ->
    [0] 오늘까지
   *[other] { $days }일 남음
}
days-waiting = { $days ->
    [0] 오늘부터
   *[other] { $days }일째
}
duration-under-a-minute = 1분 미만
duration-minutes = { $minutes }분
duration-hours = { $hours }시간
sample = n = { $n }{ $left_out ->
    [0] { "" }
   *[other] , 미상 { $left_out }건
}

## States, as authors and history give them
status-draft = 초안
status-in-review = 검토 중
status-final = 최종
status-withdrawn = 철회됨
status-unknown = 상태 미상
review-unreviewed = 미검토
review-approved = 승인됨
review-stale = 승인 후 변경됨
level-error = 오류
level-warning = 경고
level-info = 참고
outcome-met = 준수
outcome-late = 지연
outcome-pending = 진행 중
outcome-overdue = 기한 초과
outcome-unknown = 알 수 없음
detection-alert = 경보
detection-monitoring = 모니터링 담당자
detection-customer = 고객
detection-employee = 사내 구성원
detection-third-party = 외부 기관
time-started = 시작
time-detected = 인지
time-acknowledged = 대응 개시
time-first_comms = 최초 공지
time-status_page = 상태 페이지
time-fix_attempt = 조치 시도
time-mitigated = 완화
time-resolved = 복구

## Home
attention = 확인이 필요한 항목
attention-empty = 기다리는 일이 없습니다. 검토 대기, 기한이 지난 조치, 사흘 안에 닥칠 기한이 여기에 나타납니다.
attention-more = 검토 안건 전체
need-waiting = 검토 대기
need-stale = 승인 후 변경
need-action = 지난 조치
need-deadline = 기한 임박
recent = 최근 { $days }일
measure-before = 이전
median-note = 시각이 알려진 장애만 계산한 중앙값입니다.
trends-more = 추세와 정의 전체
newest = 최근 포스트모템
newest-more = 포스트모템 { $count }건 모두 보기

## Lists
postmortems-lede = 포스트모템 { $count }건. 장애가 시작된 달을 기준으로 최신순입니다.
postmortems-empty = 아직 포스트모템이 없습니다. 다음 명령으로 시작하세요.
postmortems-empty-title = 무슨 일이 있었나
facet-severity = 심각도
facet-service = 서비스
facet-status = 상태
facet-review = 검토
facet-cause = 기여 요인
facet-tag = 태그
facet-owner = 담당
facets-more = { $count }개 더
causes-lede = 무엇이 장애를 가능하게 했고, 다시 나타났는지.
causes-caption = 기여 요인, 잦은 순
causes-empty = 기여 요인이 아직 없습니다. 포스트모템이 causes에 적으면 여기에 나타납니다.
causes-unnamed = { $count ->
    [0] 모든 장애에 하나 이상 적혀 있습니다.
   *[other] { $count }건에는 적혀 있지 않습니다.
}
causes-unused = 아직 나온 적 없음:
cause-lede = { $count }건, 서비스:
cause-recurring = 다시 나타난 곳
cause-actions-empty = 이 요인에 대한 열린 후속 조치가 없습니다. 후속 조치는 아래 포스트모템에서 옵니다.
services-lede = 서비스마다 겪은 장애와 아직 남은 조치입니다.
services-caption = 영향이 큰 서비스부터
services-empty = 아직 서비스가 없습니다. 포스트모템의 services에 이름을 적으면 여기에 나타납니다.
service-empty = 이 서비스를 언급한 포스트모템이 없습니다.
open-actions = 남은 조치
last-incident = 최근 장애

## Search
search-label = 단어, 서비스, 식별자
search-help = 단어의 앞부분만 써도 됩니다. 화살표 키로 결과를 오가고, Enter로 첫 결과를 엽니다.
search-without = 이 검색에는 JavaScript가 필요합니다. 없을 때는 여기에 전체 목록이 있습니다:
search-results = 검색 결과
search-found = 결과: { $count }건
search-none = 찾은 것이 없습니다. 단어를 줄이거나 앞부분만 써 보세요.
search-failed = 색인을 불러오지 못했습니다. 페이지를 다시 불러오세요.
search-more = 더 보기

## Postmortem
withdrawn-notice = 철회됨:
draft-notice = 초안입니다. 내용이 완전하지 않을 수 있으며 언제든 바뀔 수 있습니다.
sections-empty = 아직 본문이 없습니다.
metrics = 걸린 시간
contents = 차례
ruler-caption = 시작부터 복구까지를 실제 간격으로 나타냅니다. 시각은 { $zone } 기준입니다.
ruler-unknown = 알 수 없는 시각:
after-previous = { $value } 뒤
timeline-caption = 시각 기준: { $zone }
after-start = +{ $value }
before-start = −{ $value }
at-start = 시작
public-row = 공개
trail = 검토 기록
trail-empty = 이 문서를 담은 커밋이 아직 없습니다. 첫 커밋부터 기록이 시작됩니다.
verdict-approved = 필요한 승인 { $required }건 중 { $counted }건이 지금의 본문에 유효합니다.
verdict-stale = 승인받은 뒤에 본문이 바뀌었습니다.
verdict-unreviewed = 필요한 승인 { $required }건 중 { $counted }건을 받았습니다.
changed-after-approval = 승인 후 변경
renamed-from = 이전 경로
word-diff = 바뀐 낱말 보기
word-diff-more = … 그 밖에 낱말 { $count }개가 바뀜
word-diff-older = 최근 수정 50건과 마지막 승인 이후의 수정만 낱말 단위로 보여 줍니다. 그 이전은 다음 명령으로 볼 수 있습니다:
since-approval = 승인받지 않은 변경 보기
front-matter = 머리 항목
stamp-approved = 승인
stamp-void = 무효
approval-trailer = 트레일러
approval-merge = 병합
approval-squash = 브랜치 보호 규칙
signature-verified = 서명 확인됨
signature-unverified = 서명 미확인
signature-unsigned = 서명 없음
recorded-by = { $name } 기록
recorded-via = 승인한 곳:
clock-draft = 초안
clock-completion = 완료
redaction = 이 글에서 고객이 보는 것
redaction-text = 승인 여부와 관계없이 가장 새로운 글이며, 부분마다 밖에서 누가 읽는지 보여 줍니다. 주석과 HTML은 밖으로 나가지 않습니다.
redaction-show = 안에 남는 부분까지 글 전체 보기
redaction-inside = 내부에만 남음
redaction-written = 그 독자를 위해 쓴 글입니다.
redaction-front-matter = 밖에 보이지 않습니다.
redaction-named = { $names }(으)로 보입니다.
redaction-nameless = 공개 이름이 없습니다.
redaction-times = 시작과 복구 시각만 보입니다.
redaction-row = { $mark } 표시: 시각과 표시한 칸만 보입니다.
redaction-block = { $mark } 표시가 있는 블록입니다.
redaction-heading = 제목에 { $mark } 표시가 있습니다.
redaction-summary = 고객 요약은 누구나 볼 수 있습니다.
redaction-unmarked = 밖에서 읽으라는 표시가 없습니다.
redaction-unclear = 근처의 표시가 분명하지 않습니다. 발견 사항에서 확인하십시오.
customers-see = 고객에게 보이는 내용
published = 게시됨
published-since = { $date }부터
not-published = 게시되지 않음
pending-changes = 새 변경 사항이 승인을 기다리고 있습니다. 고객에게는 이전에 승인된 본문이 보입니다.
read-as-customer = 고객용 페이지 보기
findings = 점검 결과
findings-empty = 없음. 모든 점검을 통과했습니다.
related = 관련 문서
related-origin = 앞서 있었음
related-recurrence = 다시 일어남
related-related = 둘 중 하나가 언급
related-alike = 같은
links = 링크

## Actions
action-title = 조치
action-from = 포스트모템
action-owner = 담당자
action-due = 기한
action-status = 상태
action-ticket = 티켓
action-type-prevent = 예방
action-type-detect = 탐지
action-type-mitigate = 완화
action-type-process = 절차
action-status-overdue = 기한 초과
action-status-open = 미착수
action-status-in-progress = 진행 중
action-status-done = 완료
action-status-declined = 하지 않음
actions-caption = 가장 늦은 조치부터
actions-lede = { $open ->
    [0] 약속한 조치 { $count }건을 모두 마무리했습니다.
   *[other] 약속한 조치 { $count }건 중 { $open }건이 남았고, 그중 { $overdue }건은 기한이 지났습니다.
}
actions-empty = 아직 조치가 없습니다. 각 포스트모템의 actions에서 가져옵니다.
person-lede = 열린 후속 조치 { $open }건, 기한 지남 { $overdue }건, 포스트모템 { $count }건.
person-actions-empty = 후속 조치가 없습니다. 이 담당자의 것이 여기에 나타납니다.
person-postmortems = 담당한 포스트모템
actions-people = 담당자별 현황
actions-people-caption = 남은 조치에는 진행 중인 것이 포함되며, 기한이 지난 것은 기한 초과로만 셉니다
actions-more = 조치 전체
and-more = 그 밖에 { $count }건이 더 있습니다.
and-earlier = 이전 { $count }건은 JSON에 있습니다:
show-actions = { $count }건 보기

## Review
review-title = 검토 안건
review-meeting = 다음 회의:
review-lede = 새 보고서, 기다리는 것, 바뀐 것, 늦은 것, 그리고 지난 교훈 하나를 차례로 살펴봅니다.
waiting-days = { $days ->
    [0] 오늘부터
   *[other] { $days }일째
}
review-part-new = 지난 회의 이후 새 보고서
review-part-new-empty = 새 포스트모템이 없습니다.
review-part-waiting = 검토 대기
review-part-waiting-empty = 검토를 기다리는 문서가 없습니다.
review-part-stale = 승인 후 변경됨
review-part-stale-empty = 모든 승인이 지금의 본문에 유효합니다.
review-part-unreviewed = 검토된 적 없음
review-part-unreviewed-empty = 완료된 포스트모템은 모두 검토되었습니다.
deadlines = 기한
deadlines-caption = 곧 기한이 되거나 기한이 지난 초안과 완료
deadlines-empty = 가까운 기한이 없습니다.
deadline = 구분
due-column = 기한
overdue-actions = 기한이 지난 조치
overdue-actions-empty = 기한이 지난 조치가 없습니다.
agenda-since = { $date } 이후
agenda-nothing = 없음.
older-lesson = 지난 교훈 하나

## Health
health-lede = 문서 { $documents }건을 점검한 결과입니다.
health-documents = 문서
health-clean = 지적 없음
health-errors = 오류
health-warnings = 경고
health-infos = 참고
health-empty = 지적 사항이 없습니다. 모든 문서가 모든 점검을 통과했습니다.
unreadable = 읽지 못한 파일
findings-by-rule = 규칙별
findings-by-rule-caption = 규칙이 무엇을 왜 요구하는지 보려면:
findings-by-document = 문서별
read-postmortem = 문서 보기
suppressions = 의도적으로 예외 처리한 규칙
suppressions-caption = 문서가 스스로 예외로 둔 규칙과 그 사유
unreadable-empty = 모든 파일을 읽었습니다. 읽지 못한 것이 있으면 해결 방법과 함께 여기에 나타납니다.
suppressions-empty = 예외가 없습니다. 문서가 스스로 둔 예외가 여기에 나타나며, 적는 곳은
days-ago = { $days ->
    [0] 오늘
   *[other] { $days }일 전
}
suppressed-since = 적용 시작
not-committed = 아직 커밋되지 않음

## Trends
periods = 기간
periods-within = 연도 안에서
period-all = 전체 기간
filters = 필터
filter-by = 심각도·팀·서비스로 거르기
filter-severity = 심각도
filter-team = 팀
filter-service = 서비스
filtered = { $kind ->
    [severity] 심각도
    [team] 팀
   *[service] 서비스
} { $label }만 봅니다.
filter-clear = 모든 장애 보기
trends-none = 시작 시각이 알려진 장애가 없습니다.
trends-lede = { $from }부터 { $to }까지 장애 { $count }건.
trends-runs = 아직 끝나지 않은 기간입니다.
trends-empty = 이 기간에는 장애가 없습니다. 첫 장애가 기록되면 그래프가 나타납니다.
small-sample = 표본이 작아 장애 한 건으로도 값이 달라질 수 있습니다.
trends-count-heading = 월별 장애
trends-frequency = 얼마나 자주, 얼마나 심했나
trends-frequency-sentence = 장애 { $count }건{ $worst ->
    [0] , { $severity }은 없습니다.
   *[other] , 그중 { $severity } { $worst }건.
}
trends-frequency-before = { $period }에는 { $count ->
    [0] 없었습니다.
   *[other] { $count }건이었습니다.
}
trends-frequency-definition = 장애가 시작된 때({ $timezone })에 셉니다. 초안은 포함하고, 철회된 문서와 아차 사고, 지표에서 제외한 문서는 세지 않습니다.
trends-frequency-caption = 심각도별 장애 수
trends-when = 시기
trends-downtime = 고객에게 얼마나 길었나
trends-downtime-sentence = 중단 시간은 모두 { $value }, 성능 저하는 { $degraded }입니다. n = { $n }, 미상 { $left_out }건.
trends-downtime-before = { $period }에는 중단 { $value }, 성능 저하 { $degraded }이었습니다.
trends-downtime-unknown = 길이가 알려진 장애가 없습니다.
trends-downtime-caption = 중단 시간
downtime-definition = 중단 시간은 서비스가 멈춘 구간의 합집합이며 성능 저하는 더하지 않고 따로 봅니다. 구간이 없으면 완화(또는 복구) − 시작입니다. 장애가 시작된 때에 셉니다.
availability = 서비스별 가용성
availability-sentence = { $promised ->
    [0] 목표가 있는 서비스가 없습니다.
   *[other] { $missed ->
        [0] 목표가 있는 서비스 { $promised }개가 모두 목표를 지켰습니다.
       *[other] 목표가 있는 서비스 { $promised }개 중 { $missed }개가 목표에 못 미쳤습니다: { $names }.
    }
}
availability-definition = 가용성 = 1 − 중단 ÷ 기간, 오류 예산 = (1 − 목표) × 기간. { $from }부터 { $to }까지의 기간은 { $minutes }분입니다. 모든 장애의 구간을 겹치지 않게 합치고, 기간 전에 시작된 장애까지 포함해 기간에 맞춰 자릅니다. 성능 저하는 중단으로 세지 않습니다. 언제부터 언제까지인지 알 수 없는 장애는 제외합니다.
availability-caption = 가용성과 오류 예산
availability-target = 목표
availability-percent = 가용성
availability-down = 중단
availability-degraded = 성능 저하
availability-budget = 오류 예산
availability-used = 사용
availability-over = 초과
availability-more = 중단이 더 짧은 서비스가 { $count }개 더 있습니다.
trends-speed = 얼마나 빨리 알아채고, 알리고, 완화하고, 복구했나
lead-resolve = 복구까지 걸린 시간의 중앙값
lead-duration = 시작부터 복구까지 지속 시간의 중앙값
trends-speed-alone = { $lead }은 { $value }입니다. n = { $n }, 미상 { $left_out }건.
trends-speed-few = { $lead }은 { $value }입니다. n = { $n }, 미상 { $left_out }건.
trends-speed-few-before = { $lead }은 { $value }입니다. n = { $n }, 미상 { $left_out }건. { $period }에는 { $before }(n = { $m })이었습니다. 변화를 말하기에는 표본이 너무 작습니다.
trends-speed-fell = { $lead }이 { $before }에서 줄어 { $value }이 되었습니다. n = { $n }, 미상 { $left_out }건. { $period }: n = { $m }.
trends-speed-rose = { $lead }이 { $before }에서 늘어 { $value }이 되었습니다. n = { $n }, 미상 { $left_out }건. { $period }: n = { $m }.
trends-speed-unclear = { $lead }은 { $value }입니다. n = { $n }, 미상 { $left_out }건. { $period }에는 { $before }(n = { $m })이었지만, 값이 넓게 퍼져 있어 변화라고 말하기 어렵습니다.
trends-speed-unknown = 인지와 복구 시각이 모두 알려진 장애가 없습니다.
trends-speed-unmeasured = 필요한 시각이 적힌 장애가 없어 재지 못한 지표: { $names }.
trends-speed-definition = 점 하나가 장애 하나이며 그 문서로 이어집니다. 눈금은 로그입니다. p90은 최근접 순위로 구한 90번째 백분위수입니다. 알 수 없거나 음수인 시간은 제외하고 그 수를 밝힙니다. 두 중앙값의 구간(순서통계량으로 구한 84%)이 겹치지 않을 때만 줄었다거나 늘었다고 말합니다.
trends-speed-cloud = 150건이 넘으면 점 대신 막대로 길이별 건수를 보여 줍니다. 가장 오래 걸린 장애는 아래 수치에, 점은 더 짧은 기간에 있습니다.
trends-speed-more = 가장 오래 걸린 장애입니다. 나머지 { $count }건은 더 짧은 기간과 내보내기에 있습니다.
speed-incidents-caption = 장애별 지표
progress = 기간별 흐름
progress-definition = 선은 가장 작은 값부터 p90까지, 굵은 표시는 중앙값입니다. 값이 여덟 개보다 적으면 요약하지 않고 하나하나 점으로 보여 줍니다.
detection-heading = 누가 먼저 알아챘나
detection-sentence = { $n ->
    [0] 누가 알아챘는지 적은 장애가 없습니다.
   *[other] 장애 { $n }건 중 { $customers }건을 고객이 먼저 알아챘습니다
}
detection-percent = ({ $percent }%)
detection-before = . { $period }에는 { $percent }%
detection-definition = 비율 = 고객이 알아챈 장애 ÷ 누가 알아챘는지 적은 장애. { $left_out ->
    [0] 제외한 장애는 없습니다.
   *[other] 적지 않은 { $left_out }건은 제외했습니다.
}
detection-unknown = 적지 않음
measure = 걸린 시간
measure-detect = 인지
measure-acknowledge = 대응 개시
measure-first_comms = 최초 공지
measure-mitigate = 완화
measure-resolve = 복구
measure-duration = 전체 지속 시간
measure-detect-definition = 인지 − 시작
measure-acknowledge-definition = 대응 개시 − 인지
measure-first_comms-definition = 최초 공지와 상태 페이지 중 이른 것 − 시작
measure-mitigate-definition = 완화 − 시작
measure-resolve-definition = 복구 − 인지
measure-duration-definition = 복구 − 시작, 0이 아닌 경우
measures-caption = 지표와 표본
column-n = n
column-left-out = 제외
column-median = 중앙값
column-p90 = p90
column-max = 최댓값
column-mean = 평균
column-before = 이전
median-label = 중앙값 { $value }
p90-label = p90 { $value }
median-p90-label = 중앙값 { $median }, p90 { $p90 }
trends-recurrence = 무엇이 되풀이되나
trends-recurrence-says = { $count ->
    [0] 이전 장애가 되풀이되었다고 적은 장애는 없습니다.
   *[other] 이전 장애가 되풀이되었다고 적은 장애가 { $count }건 있습니다.
}
trends-recurrence-sentence = 두 번 이상 나타난 서비스와 기여 요인의 짝이 { $count }개 있습니다.
trends-recurrence-none = 두 번 나타난 서비스와 기여 요인의 짝은 없습니다.
trends-recurrence-definition = 장애 하나를 그 장애가 언급한 서비스와 기여 요인마다 세므로, 행을 더하면 전체보다 많을 수 있습니다. 목록에는 두 번 이상 나타난 것을 열다섯 개까지 보여 줍니다.
recurrence-chain = 되풀이된 장애:
recurrence-more = 외 { $count }건
pairs-caption = 두 번 이상 함께 나타난 서비스와 기여 요인
by-service-caption = 서비스별 장애
by-cause-caption = 기여 요인별 장애
trends-promises = 약속한 일을 끝내고 있나
trends-promises-sentence = 조치 { $total }건 중 { $done }건을 마쳤습니다.
trends-promises-overdue = { $count }건은 기한이 지났습니다.
trends-promises-none = 약속한 조치가 없습니다.
trends-promises-age = 남은 { $n }건은 적은 지 중앙값 { $median }일, 가장 오래된 것은 { $max }일 되었습니다.
trends-promises-settling = 마친 조치는 중앙값 { $median }일이 걸렸습니다(n = { $n }).
trends-promises-flow = 이 기간에 조치 { $opened }건을 적었고 { $settled }건을 매듭지었습니다. 어느 장애의 조치인지는 가리지 않습니다.
trends-promises-definition = 이 기간 장애의 조치를 오늘 상태로 나눈 것입니다. 기한이 지난 미완료 조치는 기한 초과로 셉니다.
trends-promises-measured = 나이 = 오늘 − 조치를 적은 커밋, 마치기까지 = 완료를 적은 커밋 − 조치를 적은 커밋. git에서 측정하며, 커밋으로 알 수 없는 { $left_out }건은 제외했습니다.
actions-opened = 적음
actions-settled = 완료 또는 보류
flow-caption = 커밋 날짜로 본, 적은 조치와 매듭지은 조치
trends-deadlines = 제때 검토하고 있나
trends-deadlines-sentence = { $decided ->
    [0] 아직 결과가 정해진 기한이 없습니다.
   *[other] 결과가 정해진 기한 { $decided }건 중 { $met }건을 지켰습니다.
}
clock-draft-definition = 복구부터 첫 커밋까지, 최대 { $limit }. 진행 중인 것은 아직 정해지지 않았고, 복구 시각이 없으면 알 수 없음입니다.
clock-completion-definition = 복구부터 본문이 최종 상태로 승인된 커밋까지, 최대 { $limit }. 선언이 아니라 git에서 측정합니다.
load = 검토가 얼마나 있었나
load-sentence = { $approvals ->
    [0] 이 기간에 승인이 없었습니다.
   *[other] 이 기간에 { $reviewers }명이 { $approvals }건을 승인했고, 문서 { $completed }건이 완료되었습니다.
}
load-definition = 인정된 승인을 커밋 날짜에 셉니다. 장애가 언제였든 모든 문서를 포함하며, 지표에서 제외한 문서의 검토도 셉니다.
load-caption = 검토 작업
load-drafted = 작성 시작
load-approvals = 승인
load-reviewers = 검토자
load-completed = 완료
approvals = 승인

## For customers
public-sentence = 무엇이 잘못되었고, 고객에게 어떤 영향이 있었으며, 저희가 무엇을 하고 있는지 알려 드립니다.
public-service-sentence = { $name } 서비스에 영향을 준 장애입니다.
public-all = 장애 전체 보기
public-quiet = 보고된 장애 없음
public-empty = 아직 보고된 장애가 없습니다.
public-ongoing = 진행 중
public-over-no = 아직 아닙니다. 이 보고서를 쓸 때까지 계속되고 있었습니다.
public-quiet-so-far = 지금까지 보고된 장애 없음
public-year-sentence = { $year }년에 보고된 장애입니다.
public-longest = 가장 긴 시간
public-moved = 보고서의 주소가 바뀌었습니다
public-moved-text = 새 주소에서 보실 수 있습니다:
preview = 미리 보기
preview-uncommitted = 미리 보기: 아직 커밋되지 않은 글입니다.
preview-unapproved = 미리 보기: 고객이 아직 읽지 않는 글입니다.
preview-published = 고객은 이전에 승인된 글을 읽습니다.
preview-unpublished = 고객에게는 아직 아무것도 보이지 않습니다.
public-resolved = 복구됨
public-what = 무슨 일이 있었나요
public-answers = 요약
public-affected = 저도 영향을 받았나요?
public-affected-services = 다음 서비스를 이용하셨다면 영향을 받으셨을 수 있습니다:
public-affected-severity = 장애 수준:
public-affected-unknown = 이 장애는 서비스별로 구분하지 않았습니다.
public-over = 이제 끝났나요?
public-over-yes = 네. { $at }에 복구되었습니다.
public-over-unknown = 이 보고서에는 복구 시각이 없습니다.
public-when = 얼마나 걸렸나요?
public-zone = 시각은 { $zone } 기준입니다.
public-timeline = 시간대별 경과
public-corrections = 정정
public-corrected = 바뀐 곳:
public-corrected-text = 본문을 바로잡았습니다.
public-published = 게시일
public-follow = 새 보고서 받아 보기:
public-updated = 갱신
public-retracted = 철회된 보고서입니다
public-retracted-text = { $date }에 이 보고서를 내렸습니다.
public-missing = 페이지를 찾을 수 없습니다
public-missing-text = 이 주소에는 보고서가 없습니다. 링크를 따라 오셨다면 옮겨졌거나 철회되었을 수 있습니다.
public-history = 지난 장애
public-history-sentence = 지금까지 장애 보고서 { $count }건을 게시했습니다.
public-history-count = 월별 장애
public-history-definition = 게시된 보고서만, 장애가 시작된 달에 셉니다.
public-history-years = 연도별
public-history-caption = 연도별·심각도별 장애. 지속 시간은 시작부터 복구까지입니다
public-history-services-caption = 서비스별 장애. 한 장애가 여러 서비스에 영향을 줄 수 있습니다
public-median = 지속 시간 중앙값
public-total-duration = 지속 시간 합계

## From the program: descriptions and corrections for customers
public-service-description = { $name } 장애 보고서 { $count }건: 무슨 일이 있었고, 어떤 영향이 있었으며, 어떻게 조치했는지 알려 드립니다.
public-year-description = { $year }년 장애 보고서 { $count }건을 월별로 모았습니다.
public-history-description = 장애 보고서 { $count }건을 월, 연도, 심각도, 서비스별로 보여 드립니다.
correction-title = 제목
correction-severity = 장애 수준
correction-summary = 무슨 일이 있었는지
correction-services = 영향을 받은 서비스
correction-started = 시작 시각
correction-resolved = 복구 시각
correction-timeline = 시간대별 경과
correction-details = 자세한 내용
correction-section = “{ $title }”
correction-added = “{ $title }” 추가
correction-removed = 절 { $count }개 삭제

## From the program: what changed in a revision
change-created = 첫 작성
change-renamed = 위치만 옮김, 본문 그대로
change-sections = 변경: { $sections }
change-sections-added = 추가: { $sections }
change-sections-removed = 삭제: { $sections }
change-front-matter = 머리 항목: { $keys }
change-status = 상태: { $from } → { $to }
change-images = 그림 { $count }개 변경
change-approval = 승인만, 본문 그대로
change-bookkeeping = 관리 항목만 변경

## From the program: why an approval does not count
approval-reverted = 되돌려짐
approval-wrote = 승인 대상 본문의 작성자
approval-bot = 자동화 계정
approval-unidentified = 누구인지 확인할 수 없음
approval-not-approver = 설정된 승인자가 아님
approval-unverified = 확인된 서명 없음
approval-unsigned = 승인자의 서명 없음
approval-superseded = 이후 본문이 바뀜

## From the program: why a document is held back
held-approvals = 승인이 { $needed }건 더 필요합니다.
held-not-marked = 공개하도록 표시되지 않았습니다(public.publish).
held-draft = 승인된 본문이 초안입니다. 최종본에 대한 승인이 필요합니다.
held-withdrawn = 철회되었습니다.
held-privileged = 열람이 제한된 문서입니다.
held-severity = 공개하는 심각도보다 낮습니다.
held-delay = { $date }까지 기다립니다.
held-findings = 점검 결과 { $count }건 때문에 보류되었습니다: { $rules }.
held-unreadable = 최신 머리 항목을 읽을 수 없습니다.

## From the program: charts
chart-incidents = 월별 장애 수, 심각도별로 쌓음
chart-downtime = 시기별 중단 시간과 성능 저하 시간
chart-description = { $from }부터 { $to }까지 장애 { $count }건. 한 달에 가장 많았을 때는 { $max }건입니다.
chart-description-downtime = { $from }부터 { $to }까지 중단 또는 성능 저하 { $total }. 가장 긴 막대는 { $max }입니다.
chart-incidents-slots = 시기별 장애 수, 심각도별로 쌓음
chart-description-slots = { $from }부터 { $to }까지 장애 { $count }건. 가장 많은 막대는 { $max }건입니다.
chart-actions = 시기별로 적은 조치와 매듭지은 조치
chart-description-actions = 적은 조치 { $opened }건, 완료하거나 보류한 조치 { $settled }건.
chart-approvals = 시기별 승인
chart-description-approvals = { $from }부터 { $to }까지 승인 { $count }건. 가장 많은 막대는 { $max }건입니다.
chart-bar-actions = { $month }: 조치 { $count }건
chart-bar-approvals = { $month }: 승인 { $count }건
period-year = { $year }년
period-quarter = { $year }년 { $quarter }분기
quarter-tick = { $quarter }분기
period-until = { $period } { $date }까지
period-recorded = { $period }({ $date }부터 기록)
week-from = { $date } 주
chart-bar = { $month }: 장애 { $count }건
chart-bar-downtime = { $month }: { $value }
limit-hours = { $hours }시간
limit-business-days = 영업일 { $days }일
role-commander = 장애 지휘
role-communications = 커뮤니케이션
role-scribe = 기록
role-facilitator = 진행

## Formats: patterns of chrono's strftime, and how figures are put together
format-locale = ko_KR
format-date = %Y년 %-m월 %-d일
format-datetime = %Y년 %-m월 %-d일 %H:%M
format-month = %Y년 %-m월
format-month-short = %-m월
format-day-short = %-m월 %-d일
format-group = ,
format-point = .
short-minutes = { $minutes }분
short-hours = { $hours }시간
short-hours-minutes = { $hours }시간 { $minutes }분
short-days = { $days }일
short-days-hours = { $days }일 { $hours }시간
short-under-a-minute = 1분 미만
short-negative = −{ $value }
sections-opening = 머리글
approval-kind = 이 방식의 승인은 인정되지 않음
held-delay-unknown = 해결 시각이 정해지기를 기다립니다.
held-not-committed = 아직 커밋되지 않았습니다.
public-details = 자세한 내용
