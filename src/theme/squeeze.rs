/// A style sheet without what only its authors read: comments, indentation, empty lines and the spaces around braces and combinators and behind commas and
/// semicolons. Strings stay as they are.
pub(super) fn squeezed(css: &str) -> String {
    let mut out = String::with_capacity(css.len());
    let mut rest = css;
    while let Some(first) = rest.chars().next() {
        let taken = match first {
            '/' if rest.starts_with("/*") => rest.find("*/").map_or(rest.len(), |end| end + 2),
            '"' | '\'' => {
                let end = string_end(rest, first);
                out.push_str(rest.get(..end).unwrap_or_default());
                end
            }
            '\n' | ' ' => {
                let end = rest.find(|part| part != '\n' && part != ' ').unwrap_or(rest.len());
                let next = rest.get(end..).and_then(|rest| rest.chars().next());
                let is_idle = out.is_empty() || out.ends_with(['{', '}', ';', ',', '>']) || matches!(next, None | Some('{' | '}' | '>'));
                if !is_idle {
                    out.push(' ');
                }
                end
            }
            other => {
                out.push(other);
                other.len_utf8()
            }
        };
        rest = rest.get(taken..).unwrap_or_default();
    }
    out
}

/// Bytes of the string that `text` begins with, both quotes included.
fn string_end(text: &str, quote: char) -> usize {
    let mut is_escaped = false;
    for (at, part) in text.char_indices().skip(1) {
        match part {
            _ if is_escaped => is_escaped = false,
            '\\' => is_escaped = true,
            part if part == quote => return at + 1,
            _ => {}
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::squeezed;

    #[test]
    fn only_what_means_nothing_is_left_out() {
        let css = "/* A { b } */\n:root {\n  --a:1px;\n  --f:\"A  B\", 'C { D';\n}\n@media (x) {\n  .a > b , .c { d:calc(1px + 2px) } .e::after { content:\" (/* \" }\n}\n";
        assert_eq!(squeezed(css), ":root{--a:1px;--f:\"A  B\",'C { D';}@media (x){.a>b ,.c{d:calc(1px + 2px)}.e::after{content:\" (/* \"}}");
        assert_eq!(squeezed("a{content:\"\\\"{ \"} /* open"), "a{content:\"\\\"{ \"}");
    }
}
