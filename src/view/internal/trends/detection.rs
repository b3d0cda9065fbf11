use super::{
    promises::{OutcomeShare, outcome_shares},
    scope::Scope,
};
use crate::{
    model::Detection,
    view::{internal::Pages, value::template_structs},
};

template_structs! {
    /// Who noticed first.
    DetectionView {
        /// Incidents of which that is known.
        n: usize,
        /// Incidents of which it is not.
        left_out: usize,
        /// Those that a customer noticed first.
        customers: usize,
        /// The same in per cent, where there are enough to speak of a share.
        percent: Option<f64>,
        /// The same in the period before.
        before: Option<f64>,
        /// By source.
        outcomes: Vec<OutcomeShare>,
    }
}

impl Pages<'_> {
    pub(super) fn detection(scope: &Scope<'_>) -> DetectionView {
        let of = |figures: &crate::corpus::Period, key: &str| figures.by_detection.get(key).copied().unwrap_or_default();
        let known = |figures: &crate::corpus::Period| figures.incidents - of(figures, "unknown");
        let percent = |figures: &crate::corpus::Period| {
            let n = known(figures);
            let share = crate::view::chart::count(of(figures, Detection::Customer.name())) / crate::view::chart::count(n.max(1));
            (n >= super::measures::FEW).then(|| (share * 100.0).round())
        };
        let keys = Detection::ALL.map(Detection::name);
        let mut outcomes: Vec<(&str, usize)> = keys.iter().map(|key| (*key, of(&scope.figures, key))).collect();
        outcomes.push(("unknown", of(&scope.figures, "unknown")));
        DetectionView {
            n: known(&scope.figures),
            left_out: of(&scope.figures, "unknown"),
            customers: of(&scope.figures, Detection::Customer.name()),
            percent: percent(&scope.figures),
            before: scope.before.as_ref().and_then(|before| percent(&before.figures)),
            outcomes: outcome_shares(&outcomes),
        }
    }
}
