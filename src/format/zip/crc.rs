//! The checksum of zip archives.

/// CRC-32 of bytes, four bits at a time: a table of 16 is enough for pickles and costs nothing in the module.
pub(super) fn crc32(bytes: &[u8]) -> u32 {
    let mut table = [0_u32; 16];
    for (at, place) in (0_u32..).zip(table.iter_mut()) {
        *place = (0..4).fold(at, |crc, _| crc >> 1 ^ if crc & 1 == 1 { 0xedb8_8320 } else { 0 });
    }
    let step = |crc: u32| crc >> 4 ^ table.get((crc & 15) as usize).copied().unwrap_or_default();
    !bytes.iter().fold(!0, |crc, &byte| step(step(crc ^ u32::from(byte))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_check_value_of_the_polynomial() {
        assert_eq!(crc32(b"123456789"), 0xcbf4_3926);
        assert_eq!(crc32(b""), 0);
    }
}
