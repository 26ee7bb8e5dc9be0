//! Hashes of words and features. Features are known by their hashes alone; nothing of their text is kept.

/// Odd constants of `SplitMix64` (Steele, Lea and Flood, "Fast Splittable Pseudorandom Number Generators", 2014).
const GOLDEN: u64 = 0x9e37_79b9_7f4a_7c15;
const STIR: u64 = 0xbf58_476d_1ce4_e5b9;

/// FNV-1a (64 bits) of some bytes, stirred so that all bits depend on all bytes.
pub(crate) fn of(bytes: impl IntoIterator<Item = u8>) -> u64 {
    stir(
        bytes
            .into_iter()
            .fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)),
    )
}

fn stir(hash: u64) -> u64 {
    let hash = (hash ^ (hash >> 32)).wrapping_mul(STIR);
    hash ^ (hash >> 29)
}

/// One hash for a template of features and what fills it.
pub(crate) fn mix(template: u64, value: u64) -> u64 {
    stir(value.wrapping_add(template.wrapping_mul(GOLDEN)))
}

/// The same for two values; their order matters.
pub(crate) fn mix2(template: u64, one: u64, other: u64) -> u64 {
    mix(template, one.wrapping_mul(GOLDEN).rotate_left(23) ^ other)
}

/// The same for three values.
pub(crate) fn mix3(template: u64, one: u64, two: u64, three: u64) -> u64 {
    mix2(template, one.wrapping_mul(STIR).rotate_left(31) ^ two, three)
}
