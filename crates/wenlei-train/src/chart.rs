//! Line charts as inline SVG, coloured by the style sheet of the page they stand in.
//!
//! This module must not know what is drawn.

use askama::Template;

/// A line of points.
#[derive(Clone, Debug, PartialEq)]
pub struct Series {
    /// What the legend calls it.
    pub name: String,
    /// Points in the units of the axes.
    pub points: Vec<(f64, f64)>,
}

/// A chart.
#[derive(Clone, Debug)]
pub struct Chart {
    /// Label of the horizontal axis.
    pub x_label: &'static str,
    /// Label of the vertical axis.
    pub y_label: &'static str,
    /// Range of the horizontal axis.
    pub x_range: (f64, f64),
    /// Range of the vertical axis.
    pub y_range: (f64, f64),
    /// Whether points are marked.
    pub marked: bool,
    /// Whether the line from corner to corner is drawn.
    pub diagonal: bool,
    /// The lines.
    pub series: Vec<Series>,
}

/// Where the plot lies inside the picture, in its units.
const LEFT: f64 = 52.0;
const TOP: f64 = 10.0;
const WIDTH: f64 = 340.0;
const HEIGHT: f64 = 240.0;
/// Ticks on each axis, the ends included.
const TICKS: usize = 6;

#[derive(Template)]
#[template(path = "chart.svg")]
struct Picture<'a> {
    chart: &'a Chart,
    lines: Vec<Line>,
    x_ticks: Vec<(f64, String)>,
    y_ticks: Vec<(f64, String)>,
}

struct Line {
    name: String,
    path: String,
    points: Vec<(f64, f64)>,
}

impl Chart {
    /// The chart as an `svg` element.
    ///
    /// # Errors
    /// The template can't be rendered.
    pub fn to_svg(&self) -> askama::Result<String> {
        let lines = self.series.iter().map(|series| self.line(series)).collect();
        let x_ticks = ticks(self.x_range).map(|value| (self.x(value), tick_label(value))).collect();
        let y_ticks = ticks(self.y_range).map(|value| (self.y(value), tick_label(value))).collect();
        Picture { chart: self, lines, x_ticks, y_ticks }.render()
    }

    fn line(&self, series: &Series) -> Line {
        let points: Vec<(f64, f64)> = series.points.iter().map(|(x, y)| (self.x(*x), self.y(*y))).collect();
        let path: Vec<String> = points.iter().map(|(x, y)| format!("{x:.1},{y:.1}")).collect();
        Line { name: series.name.clone(), path: path.join(" "), points }
    }

    fn x(&self, value: f64) -> f64 {
        LEFT + WIDTH * (value - self.x_range.0) / (self.x_range.1 - self.x_range.0)
    }

    fn y(&self, value: f64) -> f64 {
        TOP + HEIGHT * (self.y_range.1 - value) / (self.y_range.1 - self.y_range.0)
    }
}

fn ticks((low, high): (f64, f64)) -> impl Iterator<Item = f64> {
    (0..TICKS).map(move |tick| low + (high - low) * tick as f64 / (TICKS - 1) as f64)
}

fn tick_label(value: f64) -> String {
    if value.abs() >= 10.0 { format!("{value:.0}") } else { format!("{value:.2}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn points_lie_inside_the_plot_and_names_are_escaped() {
        let series = Series { name: "a < b".into(), points: vec![(0.0, 0.0), (1.0, 1.0)] };
        let chart = Chart {
            x_label: "recall",
            y_label: "precision",
            x_range: (0.0, 1.0),
            y_range: (0.0, 1.0),
            marked: true,
            diagonal: true,
            series: vec![series],
        };
        let svg = chart.to_svg().unwrap();
        assert!(svg.contains("52.0,250.0 392.0,10.0"), "{svg}");
        assert!(svg.contains("a &#60; b") && !svg.contains("a < b"));
    }
}
