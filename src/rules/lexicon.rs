//! The words that rules about language look for, English and Korean, in one place.
//!
//! A word is here only when it nearly always means what the rule says: `lazy` is not (lazy loading), and `실수` alone is not (실수형).

use std::sync::LazyLock;

use regex::Regex;

/// A compiled list; `None` never happens, and then finds nothing.
pub(super) type Lexicon = LazyLock<Option<Regex>>;

/// A person as the cause.
pub(super) static HUMAN_ERROR: Lexicon = Lexicon::new(|| {
    compile(
        r"\b(?:human|operator|operational\s+human|manual\s+human|pilot)[\s-]+(?:errors?|mistakes?)\b
        | \bfat[\s-]finger(?:s|ed|ing)?\b
        | \b(?:an?|the)\s+(?:engineer|developer|operator|administrator|admin|employee|contractor)['’]s\s+(?:error|mistake)\b
        | 휴먼\s?(?:에러|오류) | 인적\s?(?:오류|실수|과실) | 사람(?:의)?\s?실수 | (?:작업자|담당자|운영자|개발자|엔지니어|관리자)(?:의)?\s?(?:실수|부주의|과실)",
    )
});

/// Judgement of a person.
pub(super) static BLAME: Lexicon = Lexicon::new(|| {
    compile(
        r"\b(?:careless(?:ly|ness)?|negligen(?:t|tly|ce)|sloppy|sloppily|incompeten(?:t|ce)|reckless(?:ly)?|irresponsibl[ey]|stupid(?:ly)?)\b
        | \b(?:forgot|neglected)\s+to\b
        | \b(?:failed|refused)\s+to\s+follow\b | \b(?:didn['’]t|did\s+not)\s+bother\b
        | \b(?:screwed|messed)\s+up\b
        | \b(?:was|were|is|are)\s+(?:entirely\s+|solely\s+)?(?:at\s+fault|to\s+blame)\b
        | \b(?:their|his|her|your)\s+fault\b
        | \bblames?\s+(?:the\s+)?(?:engineer|developer|operator|team)\b
        | 부주의(?:로|하|한|했|함) | 태만 | 안일(?:하|한|했|함) | 방심(?:하|한|했|함) | 무책임 | 무능 | 깜빡(?:하|했|하고|잊) | 실수로\s",
    )
});

/// What people should have done, said afterwards. Only with a person as the subject: what a machine should have done is an expectation.
pub(super) static HINDSIGHT: Lexicon = Lexicon::new(|| {
    compile(
        r"\b(?:we|they|he|she|you|i|someone|somebody|nobody|no\s+one|anyone|(?:the|our|an?)\s+(?:[\w-]+\s+)?(?:team|engineers?|developers?|operators?|on-?call|reviewers?|authors?|admins?|responders?|staff))
          \s+(?:really\s+|clearly\s+|simply\s+)?(?:should|ought\s+to|could\s+easily|could\s+simply|must)\s+(?:really\s+|clearly\s+|simply\s+|easily\s+)?
          have\s+(?:\w+ly\s+)?(?:known|noticed|seen|caught|realis?z?ed|checked|spotted|foreseen|anticipated|thought|been\s+more|tested|verified|asked|looked|understood|recognis?z?ed|paid|acted|remembered|prevented|avoided)\b
        | \b(?:it|this|that)\s+(?:was|is|should\s+have\s+been)\s+(?:so\s+|quite\s+)?obvious\b
        | \banyone\s+(?:would|could)\s+have\s+(?:seen|known|noticed)\b
        | (?:알|확인|점검|발견|인지|검토|예상|대비|주의|파악|테스트|검증)(?:했|하였|았|었)어야\s?(?:했|한|하는데|했는데)",
    )
});

/// How many, or how long, without saying it.
pub(super) static VAGUE: Lexicon = Lexicon::new(|| {
    compile(
        r"\b(?:some|a\s+few|several|many|most|various|certain|a\s+(?:small\s+|large\s+)?number\s+of|a\s+subset\s+of)\s+(?:of\s+(?:our|the)\s+)?(?:customers?|users?|clients?|requests?|orders?|people|tenants?|visitors?|accounts?)\b
        | \bfor\s+(?:a\s+while|some\s+time|a\s+(?:short|brief|long)\s+(?:time|period|while))\b
        | \b(?:briefly|intermittently)\s+(?:unavailable|down|unreachable)\b
        | (?:일부|몇몇|여러|다수의|많은)\s?(?:사용자|고객|이용자|유저|요청|주문) | 한동안 | 잠시\s?동안 | 일정\s?시간\s?동안",
    )
});

/// Case-blind, white space in the pattern ignored. Word boundaries and letters are those of ASCII, because with those of Unicode the fast
/// engine of `regex` gives up at the first letter beyond.
fn compile(pattern: &str) -> Option<Regex> {
    Regex::new(&format!("(?xi){}", pattern.replace(r"\b", r"(?-u:\b)").replace(r"\w", "[a-z]").replace(r"[[a-z]-]", "[a-z-]"))).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_list_compiles() {
        assert!([&HUMAN_ERROR, &BLAME, &HINDSIGHT, &VAGUE].into_iter().all(|lexicon| lexicon.is_some()));
    }

    #[test]
    fn near_misses_are_other_words() {
        let finds = |lexicon: &Lexicon, text: &str| lexicon.as_ref().is_some_and(|words| words.is_match(text));
        assert!(!finds(&HINDSIGHT, "The restart should have taken a minute."));
        assert!(!finds(&HINDSIGHT, "It should have been detected by monitoring."));
        assert!(finds(&HINDSIGHT, "our on-call should have checked"));
        assert!(finds(&HINDSIGHT, "배포 전에 확인했어야 했다"));
        assert!(finds(&BLAME, "설정을 실수로 지웠다"));
        assert!(!finds(&BLAME, "lazy loading, default values, 실수형 변수"));
        assert!(finds(&HUMAN_ERROR, "작업자의 실수"));
        assert!(finds(&VAGUE, "일부 사용자가 한동안"));
    }
}
