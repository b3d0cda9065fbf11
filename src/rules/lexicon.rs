//! The words that rules about language look for, English and Korean, in one place.
//!
//! A word is here only when it nearly always means what the rule says: `lazy` is not (lazy loading), and `실수` alone is not (실수형).
//! What the words around it say (that it was not so, that it may happen, that it is to be prevented) is asked in `language`.

use std::sync::LazyLock;

use regex::Regex;

/// A compiled list; `None` never happens, and then finds nothing.
pub(super) type Lexicon = LazyLock<Option<Regex>>;

/// Somebody who acts: a pronoun or a role. No `operator`: there are programs of that name; the lists that can tell add it.
const SOMEBODY: &str = r"(?:we|they|he|she|i|someone|somebody|nobody|no\s+one|anyone|everyone
    |(?:the|our|an?|this|that|one)\s+(?:[\w-]+\s+){0,2}(?:teams?|engineers?|developers?|devs?|on-?call|reviewers?|authors?|admins?|administrators?
      |responders?|staff|maintainers?|employees?|contractors?|colleagues?|technicians?))";

/// Amounts that are none.
const AMOUNT: &str = r"a\s+(?:small\s+|large\s+|significant\s+)?number\s+of|a\s+(?:small\s+|large\s+)?subset\s+of|a\s+handful\s+of";

/// A person as the cause.
pub(super) static HUMAN_ERROR: Lexicon = Lexicon::new(|| {
    compile(
        r"\b(?:human|operator|operational\s+human|manual\s+human|manual|pilot)[\s-]+(?:errors?|mistakes?)\b
        | \bfat[\s-]finger(?:ed|ing)\b | \b(?:a|some|due\s+to|because\s+of|classic)\s+fat[\s-]fingers?\b
        | \b(?:an?|the)\s+(?:engineer|developer|operator|administrator|admin|employee|contractor)['’]s\s+(?:error|mistake)\b
        | \b(?:silly|rookie|dumb|stupid)\s+(?:human\s+)?(?:mistakes?|errors?|oversights?)\b | \bhonest\s+(?:mistakes?|oversights?)\b
        | \bPEBKAC\b
        | 휴먼\s?(?:에러|오류) | 인적\s?(?:오류|실수|과실) | 사람(?:의)?\s?실수 | (?:작업자|담당자|운영자|개발자|엔지니어|관리자)(?:의)?\s?(?:실수|부주의|과실)
        | (?:작업|운영|배포|설정|조작|입력)(?:\s?상의)?\s?실수(?:로|가|였|입|임|이었) | 실수로\s?인(?:해|한|하여) | 실수가\s?원인",
    )
});

/// Judgement of what somebody did.
pub(super) static BLAME: Lexicon = Lexicon::new(|| {
    compile(
        r"\b(?:forgot|neglected)\s+to\b
        | \bSOMEBODY\s+(?:had\s+|have\s+|has\s+)?(?:also\s+|completely\s+|simply\s+)?(?:overlooked\b
          |(?:failed|refused)\s+to\s+(?:act|account|anticipate|catch|check|communicate|consider|document|ensure|escalate|follow|foresee|inform
            |notice|read|reali[sz]e|recogni[sz]e|report|review|see|spot|test|think|understand|update|validate|verify)\b)
        | \b(?:failed|refused)\s+to\s+follow\s+(?:the\s+|our\s+|their\s+|established\s+|proper\s+|documented\s+|standard\s+|correct\s+|change\s+|release\s+|deployment\s+)*
          (?:procedures?|process(?:es)?|runbooks?|playbooks?|checklists?|protocols?|instructions?|guidelines?|polic(?:y|ies)|rules|steps|documentation|conventions?|practices?)\b
        | \b(?:didn['’]t|did\s+not)\s+(?:even\s+)?bother\s+to\b
        | \bSOMEBODY\s+(?:had\s+|have\s+|has\s+)?(?:really\s+|totally\s+|simply\s+)?(?:screwed|messed|fucked)\s+up\b
        | \b(?:SOMEBODY|(?:the|an?)\s+operators?)\s+(?:was|were|is|are)\s+(?:entirely\s+|solely\s+|clearly\s+)?
          (?:at\s+fault|to\s+blame|responsible\s+for\s+(?:the|this)\s+(?:outage|incident|mistake|error|downtime))\b
        | \b(?:their|his|her|(?:engineer|operator|developer|team|vendor|admin|author|reviewer)['’]s)\s+(?:own\s+)?fault\b
        | \bblames?\s+(?:the\s+)?(?:engineer|developer|operator|team)s?\b
        | 태만 | 안일(?:하|한|했|함) | 방심(?:하|한|했|함) | 무책임 | 무능(?:하|한|했|함) | 부주의(?:로|하|한|했|함)
        | 깜빡(?:하고|했|하여|해서|\s?잊) | 소홀(?:히|했|하였|하게|함) | (?:까|빼)먹(?:었|고\s|음) | 잊어버(?:렸|리고|림)
        | 간과(?:했|하였|하여|하고|한\s|함) | 주의(?:를|에)?\s?(?:게을리|기울이지) | (?:제대로|꼼꼼(?:히|하게))\s(?:확인|검토|점검|테스트|검증|보)(?:하)?지\s?(?:않|못)
        | (?:운영|업무|조작|경험)\s?미숙",
    )
});

/// Words for a character rather than for an act. Of what may happen they say what design has to bear, and then blame nobody.
pub(super) static CARELESS: Lexicon = Lexicon::new(|| {
    compile(
        r"\b(?:was|were|is|are|been|being|got)\s+(?:\w+ly\s+|just\s+|so\s+|too\s+|very\s+|quite\s+|a\s+bit\s+)?
          (?:careless|negligent|sloppy|incompetent|reckless|irresponsible|stupid|clueless)\b
        | \b(?:careless|negligent|sloppy|incompetent|reckless|irresponsible|clueless)\s+(?:\w+\s+)?
          (?:mistakes?|errors?|oversights?|engineers?|developers?|operators?|admins?|administrators?|teams?|colleagues?|employees?|contractors?
            |deploy\w*|work|coding|reviews?|reviewing|testing|behaviou?r|handling|changes?|restarts?|merges?|commits?|edits?)\b
        | \b(?:carelessly|negligently|sloppily|recklessly|irresponsibly)\b
        | \b(?:carelessness|negligence|incompetence|recklessness|sloppiness|stupidity|laziness)\b",
    )
});

/// By mistake. In Korean the word stands before the verb, and blames only where the verb says that it happened.
pub(super) static BY_MISTAKE: Lexicon = Lexicon::new(|| compile(r"실수로\s"));

/// What people should have done, said afterwards. Only with a person as the subject: what a machine should have done is an expectation.
pub(super) static HINDSIGHT: Lexicon = Lexicon::new(|| {
    compile(
        r"\b(?:SOMEBODY|(?:the|our|an?)\s+(?:[\w-]+\s+)?operators?)
          \s+(?:really\s+|clearly\s+|simply\s+|probably\s+|also\s+)?(?:should|ought\s+to|could\s+easily|could\s+simply)\s+(?:really\s+|clearly\s+|simply\s+|easily\s+|probably\s+|also\s+)?
          have\s+(?:\w+ly\s+)?(?:known|noticed|seen|caught|reali[sz]ed|checked|spotted|foreseen|anticipated|thought|been\s+more|asked
            |looked|understood|recogni[sz]ed|paid|acted|remembered|prevented|avoided|communicated|informed|escalated|rolled|reverted|followed|waited|stopped
            |reacted|responded|told|made\s+sure|ensured|considered|read|picked\s+up|addressed|declared|double|better
            |(?:tested|verified|validated)(?:\s+(?:this|that|it|the|our|them|for|before|in|on|with|whether|more|first)\b|\s*[.,;]|\s*$)
            |(?:documented|reviewed|planned|updated|monitored|used|done|fixed|raised|started)\s+(?:this|that|it|the|our|them|an?)\b)
        | \bSOMEBODY\s+should(?:n['’]t|\s+not|\s+never)\s+have\s+(?:\w+ed|run|done|gone|given|taken|let|put|left|begun|chosen|made|sent|shut|kept)\b
        | \bshould(?:n['’]t|\s+not|\s+never)\s+have\s+been\s+(?:rushed|merged|deployed|released|shipped|approved|skipped|ignored|dismissed|done|pushed|overlooked)\b
        | \bshould\s+have\s+been\s+(?:\w+ly\s+)?(?:caught|noticed|spotted|found|seen|flagged|picked\s+up)\s+(?:earlier\s+|sooner\s+)?(?:in|during|by|at)\s+
          (?:(?:the|a|an|our|code|peer|design|pr|pull\s+request|security)\s+){0,3}(?:review|reviews|reviewers?|qa|teams?|engineers?|developers?|authors?|us|planning)\b
        | \bshould\s+have\s+been\s+(?:addressed|fixed|dealt\s+with|done|tested)\s+(?:long\s+|much\s+)?(?:before|earlier|sooner)\b
        | \b(?:it|this|that)\s+(?:was\s+|should\s+have\s+been\s+)(?:so\s+|quite\s+|really\s+|pretty\s+|painfully\s+)?obvious\b
        | \banyone\s+(?:would|could)\s+have\s+(?:seen|known|noticed)\b
        | (?:알|확인|점검|발견|인지|검토|예상|대비|주의|파악|테스트|검증|공유|보고|롤백|고려|모니터링|숙지|조심)(?:했|하였|았|었)어야\s?(?:했|한|하는데|함)
        | (?:살펴\s?봤|챙겼|막았|살폈|물어\s?봤|알렸|말렸)어야\s?(?:했|한|하는데|함)",
    )
});

/// What would have happened if somebody had acted in another way.
pub(super) static COUNTERFACTUAL: Lexicon = Lexicon::new(|| {
    compile(
        r"\b(?:if\s+SOMEBODY\s+had\s+(?:only\s+|just\s+)?|had\s+SOMEBODY\s+(?:only\s+|just\s+)?)
          (?:known|noticed|checked|seen|picked\s+up|tested|verified|looked|read|asked|caught|reali[sz]ed|followed|waited|been\s+more|reviewed|paid|thought|acted|spotted|listened)\b
        | (?:확인|점검|테스트|검토|공유|대비|파악|인지|검증|고려|주의)(?:했|하였|했었)(?:다면|더라면)",
    )
});

/// How many, or how long, without saying it.
pub(super) static VAGUE: Lexicon = Lexicon::new(|| {
    compile(
        r"\b(?:some|a\s+few|several|many|most|various|certain|AMOUNT)\s+(?:of\s+(?:our|the)\s+|other\s+)?
          (?:customers?|users?|clients?|requests?|orders?|people|tenants?|visitors?|accounts?)\b
        | \b(?:some|a\s+few|several|many|most|AMOUNT)\s+(?:of\s+(?:our|the)\s+|other\s+)?
          (?:services|teams|clusters|jobs|builds|sites|pods|sessions|pipelines|applications|workloads|instances|deployments|messages|transactions|payments
            |emails|events|records)\b
        | \bfor\s+(?:a\s+while|some\s+time|a\s+(?:short|brief|long)\s+(?:time|period|while))\b
        | \b(?:briefly|intermittently)\s+(?:unavailable|down|unreachable)\b
        | (?:일부|몇몇|여러|다수의|많은)\s?(?:사용자|고객|이용자|유저|요청|주문|서비스|회원) | 한동안 | 잠시\s?동안 | 일정\s?시간\s?동안",
    )
});

/// Case-blind, white space in the pattern ignored, `SOMEBODY` and `AMOUNT` written out. Word boundaries and letters are those of ASCII, because with those of Unicode the fast
/// engine of `regex` gives up at the first letter beyond.
pub(super) fn compile(pattern: &str) -> Option<Regex> {
    let pattern = pattern.replace("SOMEBODY", SOMEBODY).replace("AMOUNT", AMOUNT);
    Regex::new(&format!("(?xi){}", pattern.replace(r"\b", r"(?-u:\b)").replace(r"\w", "[a-z]").replace(r"[[a-z]-]", "[a-z-]"))).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn finds(lexicon: &Lexicon, text: &str) -> bool {
        lexicon.as_ref().is_some_and(|words| words.is_match(text))
    }

    #[test]
    fn every_list_compiles() {
        let lists = [&HUMAN_ERROR, &BLAME, &CARELESS, &BY_MISTAKE, &HINDSIGHT, &COUNTERFACTUAL, &VAGUE];
        assert!(lists.into_iter().all(|lexicon| lexicon.is_some()));
    }

    #[test]
    fn near_misses_are_other_words() {
        for text in [
            "The restart should have taken a minute.",
            "It should have been detected by monitoring.",
            "We should have alerts on failed reloads.",
            "We should have tested environments per team.",
            "Each repository should have an owner.",
            "Show which deployment is managed, so that it is obvious.",
        ] {
            assert!(!finds(&HINDSIGHT, text), "{text}");
        }
        for text in [
            "lazy loading, default values, 실수형 변수",
            "The client failed to follow redirects.",
            "The instinct is to blame the cache.",
            "The disk is at fault.",
        ] {
            assert!(!finds(&BLAME, text) && !finds(&CARELESS, text), "{text}");
        }
        assert!(!finds(&HUMAN_ERROR, "swipe areas are wide enough for fat-finger taps"));
        assert!(!finds(&VAGUE, "some configuration was lost"));
    }

    #[test]
    fn words_that_judge_are_found() {
        for text in [
            "our on-call should have checked",
            "New tools should not have been rushed into production",
            "This should have been caught in code review.",
            "We shouldn't have merged on a Friday",
            "the team should really have followed the runbook",
            "배포 전에 확인했어야 했다",
        ] {
            assert!(finds(&HINDSIGHT, text), "{text}");
        }
        for text in [
            "Unfortunately we failed to verify the migration",
            "the release team overlooked the flag",
            "They messed up the order",
            "점검을 소홀히 했다",
        ] {
            assert!(finds(&BLAME, text), "{text}");
        }
        assert!(finds(&COUNTERFACTUAL, "If we had noticed the notice, nothing would have broken."));
        assert!(finds(&COUNTERFACTUAL, "미리 확인했더라면"));
        assert!(finds(&HUMAN_ERROR, "작업자의 실수") && finds(&HUMAN_ERROR, "a manual error") && finds(&HUMAN_ERROR, "설정 실수로"));
        assert!(finds(&VAGUE, "일부 사용자가 한동안") && finds(&VAGUE, "a handful of services"));
    }
}
