//! L2-regularised linear classification on sparse rows, in linfa's manner.
//!
//! linfa's own linear learners take dense arrays only. This module adds what is missing: [`SparseRecords`] implements
//! linfa's `Records`, and [`LinearClassifier`] is an estimator with `Params`/`ValidParams`/`ParamGuard`/`Fit`/
//! `Predict`, solved by dual coordinate descent. For labels `y ∈ {−1, +1}`, rows `x` and costs `C_i`, it minimises
//!
//! ```text
//! ½ wᵀw + Σ C_i ℓ(y_i wᵀx_i)     ℓ(m) = max(0, 1 − m)²      squared hinge (Hsieh et al. 2008)
//!                                ℓ(m) = ln(1 + e^(−m))       logistic (Yu, Huang and Lin 2011)
//! ```
//!
//! An intercept is a feature that is always [`intercept_scale`](LinearClassifierParams::intercept_scale); the larger
//! it is, the less the intercept is regularised.
//!
//! References: Hsieh, Chang, Lin, Keerthi and Sundararajan (2008), *A Dual Coordinate Descent Method for Large-scale
//! Linear SVM*, ICML; Yu, Huang and Lin (2011), *Dual coordinate descent methods for logistic regression and maximum
//! entropy models*, Machine Learning 85.
//!
//! This module must not know texts, topics or models.

mod classifier;
mod dual;
mod error;
mod hyperparams;
mod logistic;
mod path;
mod records;
mod squared_hinge;

pub use classifier::LinearClassifier;
pub use error::LearnerError;
pub use hyperparams::{LinearClassifierParams, LinearClassifierValidParams, Loss};
pub use records::SparseRecords;
