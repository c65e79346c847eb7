//! The numbers learnt from labelled pages; `wenlei-train fit-pages` writes them.

use super::wording::PARTS;

/// Little-endian 16-bit integers, in thousandths, in the order of [`super::network::Network::of`].
static NETWORK: &[u8] = include_bytes!("learnt/network.bin");
/// Signed bytes, row after row of [`super::wording::Wording`].
static WORDING: &[u8] = include_bytes!("learnt/wording.bin");

/// The network's numbers in a row.
pub(super) fn network() -> impl Iterator<Item = f32> {
    NETWORK.chunks_exact(2).map(|pair| f32::from(i16::from_le_bytes([pair[0], pair[1]])) / 1000.0)
}

/// The rows of the table of wording.
pub(super) fn wording() -> Vec<[i8; PARTS]> {
    WORDING.as_chunks().0.iter().map(|row: &[u8; PARTS]| row.map(u8::cast_signed)).collect()
}
