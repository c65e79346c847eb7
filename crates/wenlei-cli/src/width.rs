//! Tables on a terminal, where a Chinese character is two columns wide.

/// Columns that `text` takes.
fn columns(text: &str) -> usize {
    text.chars().map(width).sum()
}

fn width(c: char) -> usize {
    // The blocks of CJK signs, kana, ideographs, Hangul and full-width forms; ambiguous marks count as wide.
    let wide = matches!(c, '\u{1100}'..='\u{115f}' | '\u{2e80}'..='\u{a4cf}' | '\u{ac00}'..='\u{d7a3}'
        | '\u{f900}'..='\u{faff}' | '\u{fe30}'..='\u{fe4f}' | '\u{ff00}'..='\u{ff60}' | '\u{ffe0}'..='\u{ffe6}'
        | '\u{20000}'..='\u{3fffd}' | '“' | '”' | '‘' | '’' | '—' | '…' | '·');
    if c.is_control() { 0 } else { 1 + usize::from(wide) }
}

/// `text` cut or filled up to exactly `to` columns.
pub(crate) fn fit(text: &str, to: usize) -> String {
    let mut fitted = String::new();
    let mut used = 0;
    let whole = columns(text) <= to;
    for c in text.chars().filter(|c| !c.is_control()) {
        if used + width(c) > if whole { to } else { to - 1 } {
            fitted.push('~');
            used += 1;
            break;
        }
        fitted.push(c);
        used += width(c);
    }
    fitted + &" ".repeat(to.saturating_sub(used))
}

#[cfg(test)]
mod tests {
    use super::{columns, fit};

    #[test]
    fn a_field_is_exactly_as_wide_as_asked_for() {
        for text in ["安全生产", "PM2.5 下降", "", "三个亿元项目签约落户开发区", "“一企一策”"]
        {
            assert_eq!(columns(&fit(text, 12)), 12, "{text}");
        }
        assert_eq!(fit("安全", 6), "安全  ");
        assert!(fit("三个亿元项目签约", 9).ends_with('~'));
    }
}
