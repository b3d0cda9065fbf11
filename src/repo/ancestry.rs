use std::collections::BTreeMap;

use rustc_hash::FxHashSet;

use super::graph::Graph;

/// How the commits of a history follow each other, by their positions: enough to tell what a text contains and what it does not.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Ancestry {
    /// Positions of the parents of every commit, one commit after the other.
    parents: Vec<u32>,
    /// Where the parents of each commit end.
    ends: Vec<u32>,
    /// Whether the first-parent chain of the tip goes through a commit.
    on_chain: Vec<bool>,
}

impl Ancestry {
    pub(super) fn of(graph: &Graph) -> Self {
        let count = graph.nodes.len();
        let mut ancestry = Self::default();
        for node in graph.nodes.iter().rev() {
            let parents = node.parents.iter().map(|place| u32::try_from(count - 1 - place).unwrap_or(u32::MAX));
            ancestry.parents.extend(parents);
            ancestry.ends.push(u32::try_from(ancestry.parents.len()).unwrap_or(u32::MAX));
            ancestry.on_chain.push(node.on_first_parent);
        }
        ancestry
    }

    /// What the text of a document contains after each of some commits, which are given by ascending position: all that ever changed or landed it,
    /// and commits that speak of it.
    ///
    /// On the chain a text contains what the commit before contained, and what a merge brought along; a merge that is not among the commits changed
    /// nothing, so that what it threw away is not contained. Beside the chain, `kept` says of which parents a merge kept the text. Where all commits lie on the chain, or follow each other, nothing is worked out.
    #[must_use]
    pub fn among(&self, positions: &[usize], kept: &BTreeMap<usize, Vec<usize>>) -> Contents {
        if positions.iter().all(|position| self.is_on_chain(*position)) {
            return Contents { sets: None };
        }
        let mut sets: Vec<Marks> = Vec::with_capacity(positions.len());
        let mut chain: Vec<usize> = Vec::new();
        for (place, position) in positions.iter().enumerate() {
            let mut set = Marks::default();
            let is_on_chain = self.is_on_chain(*position);
            if is_on_chain {
                if let Some(last) = chain.last() {
                    set.take(*last, &sets);
                }
                chain.push(place);
            }
            let mut parents = Vec::new();
            self.push_joined(*position, kept, &mut parents);
            if is_on_chain && !parents.is_empty() {
                parents.remove(0);
            }
            self.collect(parents, kept, positions, &chain, &sets, &mut set);
            sets.push(set);
        }
        let is_linear = sets.iter().enumerate().all(|(place, set)| set.len() == place);
        Contents { sets: (!is_linear).then_some(sets) }
    }

    /// Walks beside the chain until it meets commits whose contents are known.
    fn collect(
        &self,
        mut waiting: Vec<usize>,
        kept: &BTreeMap<usize, Vec<usize>>,
        positions: &[usize],
        chain: &[usize],
        sets: &[Marks],
        set: &mut Marks,
    ) {
        let oldest = positions.first().copied().unwrap_or_default();
        let mut seen = FxHashSet::default();
        while let Some(position) = waiting.pop() {
            if position < oldest || !seen.insert(position) {
                continue;
            }
            if let Ok(place) = positions.binary_search(&position) {
                set.take(place, sets);
            } else if self.is_on_chain(position) {
                let before = chain.partition_point(|place| positions.get(*place).is_some_and(|known| *known < position));
                if let Some(last) = before.checked_sub(1).and_then(|index| chain.get(index)) {
                    set.take(*last, sets);
                }
            } else {
                self.push_joined(position, kept, &mut waiting);
            }
        }
    }

    fn is_on_chain(&self, position: usize) -> bool {
        self.on_chain.get(position).copied().unwrap_or(true)
    }

    /// The parents whose text a commit goes on with.
    fn push_joined(&self, position: usize, kept: &BTreeMap<usize, Vec<usize>>, joined: &mut Vec<usize>) {
        match kept.get(&position) {
            Some(parents) => joined.extend(parents),
            None => joined.extend(self.parents(position).iter().map(|parent| *parent as usize)),
        }
    }

    fn parents(&self, position: usize) -> &[u32] {
        let end = |position: usize| self.ends.get(position).map(|end| *end as usize);
        let start = position.checked_sub(1).and_then(end).unwrap_or_default();
        end(position).and_then(|end| self.parents.get(start..end)).unwrap_or_default()
    }
}

/// For each of some commits of one document, which of the earlier ones its text contains.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contents {
    /// `None`: all that stand before it.
    sets: Option<Vec<Marks>>,
}

impl Contents {
    /// What the text of the commit at `place` contains, itself included.
    #[must_use]
    pub fn of(&self, place: usize) -> Marks {
        let mut marks = match &self.sets {
            Some(sets) => sets.get(place).cloned().unwrap_or_default(),
            None => Marks::first(place),
        };
        marks.insert(place);
        marks
    }

    /// Whether the text of the commit at `place` contains what the one at `earlier` made of it.
    #[must_use]
    pub fn contains(&self, place: usize, earlier: usize) -> bool {
        match &self.sets {
            Some(sets) => place == earlier || sets.get(place).is_some_and(|set| set.contains(earlier)),
            None => earlier <= place,
        }
    }
}

/// A set of small numbers.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Marks(Vec<u64>);

impl Marks {
    /// The numbers below `count`.
    fn first(count: usize) -> Self {
        let mut words = vec![u64::MAX; count / 64];
        words.push((1 << (count % 64)) - 1);
        Self(words)
    }

    fn take(&mut self, place: usize, sets: &[Self]) {
        if let Some(set) = sets.get(place) {
            self.add(set);
        }
        self.insert(place);
    }

    fn len(&self) -> usize {
        self.0.iter().map(|word| word.count_ones() as usize).sum()
    }

    /// Adds one number.
    pub fn insert(&mut self, number: usize) {
        if self.0.len() <= number / 64 {
            self.0.resize(number / 64 + 1, 0);
        }
        if let Some(word) = self.0.get_mut(number / 64) {
            *word |= 1 << (number % 64);
        }
    }

    /// Adds all numbers of another set.
    pub fn add(&mut self, other: &Self) {
        if self.0.len() < other.0.len() {
            self.0.resize(other.0.len(), 0);
        }
        for (word, other) in self.0.iter_mut().zip(&other.0) {
            *word |= other;
        }
    }

    /// Whether a number is in it.
    #[must_use]
    pub fn contains(&self, number: usize) -> bool {
        self.0.get(number / 64).is_some_and(|word| word >> (number % 64) & 1 == 1)
    }

    /// The numbers that are not in another set, ascending.
    pub fn without<'a>(&'a self, other: &'a Self) -> impl Iterator<Item = usize> + 'a {
        let words = self.0.iter().enumerate().map(|(index, word)| (index, word & !other.0.get(index).copied().unwrap_or_default()));
        words
            .filter(|(_, word)| *word != 0)
            .flat_map(|(index, word)| (0..64).filter(move |bit| word >> bit & 1 == 1).map(move |bit| index * 64 + bit))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// From a text: `parents of commit 0; of commit 1; …`, `*` for commits on the chain.
    fn ancestry(text: &str) -> Ancestry {
        let mut ancestry = Ancestry::default();
        for commit in text.split(';') {
            ancestry.on_chain.push(commit.contains('*'));
            ancestry.parents.extend(commit.replace('*', "").split_whitespace().map(|parent| parent.parse::<u32>().unwrap()));
            ancestry.ends.push(u32::try_from(ancestry.parents.len()).unwrap());
        }
        ancestry
    }

    fn contents(ancestry: &Ancestry, positions: &[usize]) -> Vec<Vec<usize>> {
        let contents = ancestry.among(positions, &BTreeMap::new());
        let none = Marks::default();
        (0..positions.len()).map(|place| contents.of(place).without(&none).map(|place| positions[place]).collect()).collect()
    }

    #[test]
    fn commits_that_follow_each_other_need_no_sets() {
        let topic = ancestry("*;0;1;*0 2");
        assert_eq!(topic.among(&[0, 1, 2, 3], &BTreeMap::new()).sets, None);
        assert_eq!(contents(&topic, &[1, 2, 3]), [vec![1], vec![1, 2], vec![1, 2, 3]]);
        assert_eq!(Ancestry::default().among(&[4, 7], &BTreeMap::new()).sets, None);
    }

    #[test]
    fn branches_do_not_contain_each_other_before_they_meet() {
        // 0 ─ 1 (a) ─ 3 (merges a) ─ 4 (merges b); 2 (b) leaves at 0.
        let two = ancestry("*;0;0;*0 1;*3 2");
        assert_eq!(contents(&two, &[0, 1, 2, 3, 4]), [vec![0], vec![0, 1], vec![0, 2], vec![0, 1, 3], vec![0, 1, 2, 3, 4]]);
    }

    #[test]
    fn what_a_merge_threw_away_is_not_contained() {
        // The merge 3 kept the text of the chain, so it is none of the commits of the document.
        let thrown_away = ancestry("*;0;*0;*2 1;*3");
        assert_eq!(contents(&thrown_away, &[0, 1, 2, 4]), [vec![0], vec![0, 1], vec![0, 2], vec![0, 2, 4]]);
    }

    #[test]
    fn what_a_merge_beside_the_chain_threw_away_is_not_contained() {
        // 1 and 2 leave at 0; 3 joins them beside the chain and keeps the text of 2; 4 lands it.
        let topic = ancestry("*;0;0;2 1;*0 3");
        let contents = |kept: &BTreeMap<usize, Vec<usize>>| topic.among(&[0, 1, 2, 4], kept).of(3);
        let kept = contents(&BTreeMap::from([(3, vec![2])]));
        assert!(kept.contains(0) && !kept.contains(1) && kept.contains(2));
        assert!(contents(&BTreeMap::new()).contains(1));
    }

    #[test]
    fn large_sets_keep_their_numbers() {
        let all = Marks::first(130);
        assert_eq!((all.len(), all.contains(129), all.contains(130)), (130, true, false));
        let mut some = Marks::first(64);
        some.insert(128);
        assert_eq!(all.without(&some).count(), 65);
    }
}
