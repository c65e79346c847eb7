//! Writes what was learnt as the file that `wenlei-text` builds in.

/// The numbers as little-endian 16-bit integers, in thousandths.
pub fn bytes(numbers: &[f32]) -> Vec<u8> {
    let thousandths = numbers.iter().map(|number| (number * 1000.0).round() as i16);
    thousandths.flat_map(i16::to_le_bytes).collect()
}

/// The numbers as they are after writing and reading.
pub fn rounded(numbers: &[f32]) -> Vec<f32> {
    bytes(numbers)
        .chunks_exact(2)
        .map(|pair| f32::from(i16::from_le_bytes([pair[0], pair[1]])) / 1000.0)
        .collect()
}
