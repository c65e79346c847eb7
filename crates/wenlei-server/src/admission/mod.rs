//! How much is taken on at once: one gate in front of the classification service, and of nothing else. Shedding health
//! checks would get an overloaded server killed.
//!
//! A call is let in, or turned away, before its message is read ([`Admission`]); that bounds memory. Once its documents
//! are known they are admitted by number ([`Gate::admit`]); that bounds the time a caller waits for an answer.
//!
//! This module must not know: what is done with documents.

mod deadline;
mod gate;
mod layer;

pub use self::deadline::Deadline;
pub(crate) use self::gate::Admitted;
pub use self::gate::Gate;
pub use self::layer::Admission;
