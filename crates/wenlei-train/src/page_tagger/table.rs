//! Writes what was learnt as a module of `wenlei-text`.

use std::fmt::Write;

/// Source text with the differences between `numbers` and `start`, to a hundredth, a row of `width` on each line.
pub fn source(numbers: &[f32], start: &[f32], width: usize) -> String {
    let hundredths: Vec<i32> =
        numbers.iter().zip(start).map(|(number, start)| ((number - start) * 100.0).round() as i32).collect();
    let mut rows = String::new();
    for row in hundredths.chunks(width) {
        let row: Vec<String> = row.iter().map(ToString::to_string).collect();
        let _ = writeln!(rows, "    {},", row.join(", "));
    }
    format!(
        "//! What labelled pages add to the hand-set log-odds; written by `wenlei-train fit-pages`.\n\n\
         /// Corrections in hundredths, in the order of [`super::scores::Scores::numbers`].\n\
         #[rustfmt::skip]\n\
         const HUNDREDTHS: [i16; {}] = [\n{rows}];\n\n\
         /// Corrections, in the order of [`super::scores::Scores::numbers`].\n\
         pub(super) fn corrections() -> impl Iterator<Item = f32> {{\n    \
         HUNDREDTHS.iter().map(|number| f32::from(*number) / 100.0)\n}}\n",
        hundredths.len()
    )
}
