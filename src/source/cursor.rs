/// A place in a text, moved over what is recognised.
pub(super) struct Cursor<'a> {
    pub(super) text: &'a str,
    pub(super) at: usize,
}

impl<'a> Cursor<'a> {
    pub(super) fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or_default()
    }

    pub(super) fn skip(&mut self, while_true: impl Fn(char) -> bool) {
        self.at = self.text.len() - self.rest().trim_start_matches(while_true).len();
    }

    /// Runs `read`; moves only when it finds something.
    pub(super) fn attempt<T>(&mut self, read: impl FnOnce(&mut Self) -> Option<T>) -> Option<T> {
        let before = self.at;
        let found = read(self);
        if found.is_none() {
            self.at = before;
        }
        found
    }

    pub(super) fn word(&mut self, word: &str) -> Option<()> {
        let found = self.rest().get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word));
        found.then(|| self.at += word.len())
    }

    pub(super) fn take<const N: usize>(&mut self, any: [char; N]) -> Option<char> {
        let first = self.rest().chars().next().filter(|first| any.contains(first))?;
        self.at += first.len_utf8();
        Some(first)
    }

    /// A number of `least` to `most` digits, with no digit after it.
    pub(super) fn number(&mut self, least: usize, most: usize) -> Option<u32> {
        let digits = self.rest().bytes().take_while(u8::is_ascii_digit).take(most + 1).count();
        if digits < least || digits > most {
            return None;
        }
        let value = self.rest().get(..digits)?.parse().ok()?;
        self.at += digits;
        Some(value)
    }
}
