//! How right a model is: precision, recall, F1, exact matches, calibration.

use serde::Serialize;
use wenlei_model::Figures;

/// What the labels say of one topic of one document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Truth {
    /// The document carries the topic.
    Carried,
    /// It doesn't.
    Absent,
    /// It is arguable, and not scored.
    Arguable,
}

/// The model's word and the truth about one topic of one document.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Cell {
    /// The truth.
    pub truth: Truth,
    /// The model's probability.
    pub probability: f64,
    /// Whether the model assigned the topic.
    pub assigned: bool,
}

impl Cell {
    /// Whether the model is right, or the topic arguable.
    pub fn is_right(self) -> bool {
        match self.truth {
            Truth::Carried => self.assigned,
            Truth::Absent => !self.assigned,
            Truth::Arguable => true,
        }
    }
}

/// Right and wrong decisions on one topic.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Carried and assigned.
    pub hits: usize,
    /// Assigned, but absent.
    pub false_alarms: usize,
    /// Carried, but not assigned.
    pub misses: usize,
}

/// Precision, recall and F1; each is 0 where it is undefined.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct TopicFigures {
    /// Share of the assigned that carry the topic.
    pub precision: f64,
    /// Share of those that carry the topic that are assigned.
    pub recall: f64,
    /// Harmonic mean of the two.
    pub f1: f64,
    /// Documents that carry the topic.
    pub support: usize,
}

impl Counts {
    /// Counts the cells of one topic.
    pub fn of(cells: impl Iterator<Item = Cell>) -> Self {
        let mut counts = Self::default();
        for cell in cells {
            match (cell.truth, cell.assigned) {
                (Truth::Carried, true) => counts.hits += 1,
                (Truth::Carried, false) => counts.misses += 1,
                (Truth::Absent, true) => counts.false_alarms += 1,
                (Truth::Absent, false) | (Truth::Arguable, _) => {}
            }
        }
        counts
    }

    /// The figures of these counts.
    pub fn figures(self) -> TopicFigures {
        let share = |of: usize, whole: usize| if whole == 0 { 0.0 } else { of as f64 / whole as f64 };
        let support = self.hits + self.misses;
        TopicFigures {
            precision: share(self.hits, self.hits + self.false_alarms),
            recall: share(self.hits, support),
            f1: share(2 * self.hits, 2 * self.hits + self.false_alarms + self.misses),
            support,
        }
    }
}

/// All cells of a measurement: `cells[document][topic]`.
pub type Table = Vec<Vec<Cell>>;

/// The figures of each topic.
pub fn per_topic(table: &Table) -> Vec<TopicFigures> {
    let topics = table.first().map_or(0, Vec::len);
    (0..topics).map(|topic| topic_figures(table, topic)).collect()
}

/// The figures of one topic.
pub fn topic_figures(table: &Table, topic: usize) -> TopicFigures {
    Counts::of(table.iter().map(|row| row[topic])).figures()
}

/// The figures of all topics together.
pub fn figures(table: &Table) -> Figures {
    Figures {
        macro_f1: macro_f1(table),
        micro_f1: micro_f1(table),
        exact: exact(table),
        ece: expected_calibration_error(table),
    }
}

/// Recall and precision at every threshold, by rising recall.
pub fn precision_recall(cells: impl Iterator<Item = Cell>) -> Vec<(f64, f64)> {
    let mut scored: Vec<Cell> = cells.filter(|cell| cell.truth != Truth::Arguable).collect();
    scored.sort_by(|a, b| b.probability.total_cmp(&a.probability));
    let carried = scored.iter().filter(|cell| cell.truth == Truth::Carried).count();
    let mut hits = 0;
    let mut points = Vec::new();
    for (index, cell) in scored.iter().enumerate() {
        if cell.truth == Truth::Carried {
            hits += 1;
            points.push((f64::from(hits) / carried as f64, f64::from(hits) / (index + 1) as f64));
        }
    }
    points
}

/// Mean F1 of the topics.
pub fn macro_f1(table: &Table) -> f64 {
    let topics = per_topic(table);
    topics.iter().map(|figures| figures.f1).sum::<f64>() / topics.len().max(1) as f64
}

/// F1 over all decisions.
pub fn micro_f1(table: &Table) -> f64 {
    Counts::of(table.iter().flatten().copied()).figures().f1
}

/// Share of documents with every scored topic right.
pub fn exact(table: &Table) -> f64 {
    let right = table.iter().filter(|row| row.iter().all(|cell| cell.is_right())).count();
    right as f64 / table.len().max(1) as f64
}

/// One bin of a reliability diagram.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bin {
    /// Mean probability of its cells.
    pub probability: f64,
    /// Share of its cells that carry the topic.
    pub carried: f64,
    /// Number of its cells.
    pub cells: usize,
}

/// Bins of equal mass over all scored cells, by rising probability.
pub fn bins(table: &Table, count: usize) -> Vec<Bin> {
    let mut cells: Vec<Cell> =
        table.iter().flatten().copied().filter(|cell| cell.truth != Truth::Arguable).collect();
    cells.sort_by(|a, b| a.probability.total_cmp(&b.probability));
    (0..count)
        .map(|bin| &cells[bin * cells.len() / count..(bin + 1) * cells.len() / count])
        .filter(|cells| !cells.is_empty())
        .map(|cells| Bin {
            probability: cells.iter().map(|cell| cell.probability).sum::<f64>() / cells.len() as f64,
            carried: cells.iter().filter(|cell| cell.truth == Truth::Carried).count() as f64
                / cells.len() as f64,
            cells: cells.len(),
        })
        .collect()
}

/// Expected calibration error: the mean distance between probability and share over ten bins of equal mass.
pub fn expected_calibration_error(table: &Table) -> f64 {
    let bins = bins(table, 10);
    let cells: usize = bins.iter().map(|bin| bin.cells).sum();
    let off: f64 = bins.iter().map(|bin| (bin.probability - bin.carried).abs() * bin.cells as f64).sum();
    off / cells.max(1) as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cell(truth: Truth, probability: f64) -> Cell {
        Cell { truth, probability, assigned: probability >= 0.5 }
    }

    #[test]
    fn figures_follow_their_definitions_and_leave_the_arguable_out() {
        use Truth::{Absent, Arguable, Carried};
        let table = vec![
            vec![cell(Carried, 0.9), cell(Absent, 0.1)],
            vec![cell(Carried, 0.2), cell(Arguable, 0.8)],
            vec![cell(Absent, 0.7), cell(Carried, 0.6)],
            vec![cell(Absent, 0.1), cell(Arguable, 0.1)],
        ];
        let topics = per_topic(&table);
        assert_eq!((topics[0].precision, topics[0].recall, topics[0].f1), (0.5, 0.5, 0.5));
        assert_eq!((topics[1].f1, topics[1].support), (1.0, 1));
        assert!((macro_f1(&table) - 0.75).abs() < 1e-12);
        assert!((micro_f1(&table) - 2.0 / 3.0).abs() < 1e-12);
        assert!((exact(&table) - 0.5).abs() < 1e-12);
    }

    #[test]
    fn calibration_error_is_the_mean_distance_of_the_bins() {
        let sure = |truth, probability| vec![cell(truth, probability)];
        let table: Table = (0..10)
            .map(|_| sure(Truth::Carried, 0.9))
            .chain((0..10).map(|_| sure(Truth::Absent, 0.2)))
            .collect();
        assert!((expected_calibration_error(&table) - 0.15).abs() < 1e-12);
        assert!(expected_calibration_error(&Table::new()).abs() < 1e-12);
    }
}
