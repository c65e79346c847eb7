//! The numbers learnt from labelled pages; `wenlei-train fit-pages` writes them.

/// Little-endian 16-bit integers, in thousandths, in the order of [`super::network::Network::of`].
static NUMBERS: &[u8] = include_bytes!("learnt.bin");

/// All numbers in a row.
pub(super) fn numbers() -> impl Iterator<Item = f32> {
    NUMBERS.chunks_exact(2).map(|pair| f32::from(i16::from_le_bytes([pair[0], pair[1]])) / 1000.0)
}
