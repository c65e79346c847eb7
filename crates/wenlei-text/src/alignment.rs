//! Which bytes of the original a range of normalised text came from.
//!
//! This module must not know how text is normalised, only what became of what.

use std::ops::Range;

/// A stretch of normalised text and the original bytes it came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Run {
    normalized_start: u32,
    original_start: u32,
    original_end: u32,
    /// The bytes are the same on both sides, so a position inside the run maps by counting. Otherwise the run stands
    /// or falls as a whole.
    verbatim: bool,
}

/// A monotone map from normalised byte positions to original byte ranges, stored as runs.
///
/// Memory is one run per change, not per character: plain Chinese text needs about one per punctuation mark.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Alignment {
    runs: Vec<Run>,
    normalized_len: u32,
}

impl Alignment {
    /// Records that the next `normalized_len` bytes of normalised text are the bytes `original`, unchanged.
    pub(crate) fn push_verbatim(&mut self, original: Range<usize>) {
        if original.is_empty() {
            return;
        }
        let len = original.len() as u32;
        match self.runs.last_mut() {
            Some(run) if run.verbatim && run.original_end as usize == original.start => {
                run.original_end = original.end as u32;
            }
            _ => self.push_run(&original, true),
        }
        self.normalized_len += len;
    }

    /// Records that the next `normalized_len` bytes of normalised text stand for the bytes `original`.
    pub(crate) fn push_replaced(&mut self, normalized_len: usize, original: &Range<usize>) {
        if normalized_len > 0 {
            self.push_run(original, false);
            self.normalized_len += normalized_len as u32;
        }
    }

    fn push_run(&mut self, original: &Range<usize>, verbatim: bool) {
        self.runs.push(Run {
            normalized_start: self.normalized_len,
            original_start: original.start as u32,
            original_end: original.end as u32,
            verbatim,
        });
    }

    /// The original bytes a non-empty range of normalised text came from; an empty range maps to where it stands.
    pub fn original(&self, normalized: Range<usize>) -> Range<usize> {
        let start = self.start_of(normalized.start);
        let end = if normalized.is_empty() { start } else { self.end_of(normalized.end) };
        start..end
    }

    fn start_of(&self, position: usize) -> usize {
        let Some(run) = self.run_at(position) else { return 0 };
        if position >= self.normalized_len as usize {
            return run.original_end as usize;
        }
        let inside = if run.verbatim { position - run.normalized_start as usize } else { 0 };
        run.original_start as usize + inside
    }

    fn end_of(&self, position: usize) -> usize {
        let Some(run) = self.run_at(position.saturating_sub(1)) else { return 0 };
        if run.verbatim {
            run.original_start as usize + position - run.normalized_start as usize
        } else {
            run.original_end as usize
        }
    }

    /// The run that holds the byte at `position`; the last one for a position past the end.
    fn run_at(&self, position: usize) -> Option<&Run> {
        let after = self.runs.partition_point(|run| run.normalized_start as usize <= position);
        self.runs.get(after.checked_sub(1)?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_replaced_run_maps_as_a_whole_and_a_verbatim_one_by_counting() {
        // Original "ab，c" (bytes 0..2, 2..5, 5..6) became "ab,c".
        let mut alignment = Alignment::default();
        alignment.push_verbatim(0..2);
        alignment.push_replaced(1, &(2..5));
        alignment.push_verbatim(5..6);
        assert_eq!(alignment.original(1..2), 1..2);
        assert_eq!(alignment.original(2..3), 2..5);
        assert_eq!(alignment.original(1..4), 1..6);
        assert_eq!(alignment.original(4..4), 6..6);
    }

    #[test]
    fn neighbouring_verbatim_stretches_share_a_run() {
        let mut alignment = Alignment::default();
        alignment.push_verbatim(0..3);
        alignment.push_verbatim(3..6);
        assert_eq!(alignment.runs.len(), 1);
        alignment.push_verbatim(9..12);
        assert_eq!(alignment.runs.len(), 2);
        assert_eq!(alignment.original(3..9), 3..12);
    }

    #[test]
    fn nothing_maps_to_nothing() {
        assert_eq!(Alignment::default().original(0..0), 0..0);
    }
}
