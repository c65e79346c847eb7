//! Logarithms of sums of exponentials, in one pass and without overflow.

/// Several sums at once.
pub(super) struct LogSums {
    greatest: Vec<f64>,
    sums: Vec<f64>,
}

impl LogSums {
    /// As many empty sums.
    pub(super) fn new(count: usize) -> Self {
        Self { greatest: vec![f64::NEG_INFINITY; count], sums: vec![0.0; count] }
    }

    /// Adds the exponential of `term` to one of them.
    pub(super) fn add(&mut self, at: usize, term: f64) {
        if term == f64::NEG_INFINITY {
            return;
        }
        if term > self.greatest[at] {
            self.sums[at] = self.sums[at] * (self.greatest[at] - term).exp() + 1.0;
            self.greatest[at] = term;
        } else {
            self.sums[at] += (term - self.greatest[at]).exp();
        }
    }

    /// Their logarithms; minus infinity for an empty one.
    pub(super) fn logs(&self) -> Vec<f64> {
        self.greatest.iter().zip(&self.sums).map(|(greatest, sum)| greatest + sum.ln()).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sum_of_exponentials_keeps_small_and_large_terms() {
        let mut sums = LogSums::new(3);
        for (at, term) in [(0, -1000.0), (1, 1.0), (0, -1000.0), (1, 900.0), (1, 2.0)] {
            sums.add(at, term);
        }
        let logs = sums.logs();
        assert!((logs[0] - (-1000.0 + 2.0_f64.ln())).abs() < 1e-9);
        assert!((logs[1] - 900.0).abs() < 1e-9);
        assert!(logs[2].is_infinite() && logs[2] < 0.0);
    }
}
