//! Devices and stamps: who wrote a value, and which of two values wins.

use std::fmt;

use jiff::Timestamp;
use serde_json::{Value, json};

/// The name of one installation: 1 to 16 of the characters `a`–`z`, `0`–`9` and `-`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DeviceId([u8; Self::MAX_LEN]);

impl DeviceId {
    const MAX_LEN: usize = 16;

    /// The device in stamps that name none, such as those in records of other programs. It sorts before every other.
    pub const NOBODY: Self = Self([0; Self::MAX_LEN]);

    /// The device in stamps that were made before the name of this device was read, until they are signed
    /// ([`Stamp::signed`]); never on the disk, and not a valid name.
    pub const UNSIGNED: Self = Self(*b"?\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0");

    #[cfg(test)]
    pub(crate) const TESTER: Self = Self(*b"tester\0\0\0\0\0\0\0\0\0\0");

    /// Reads a name; none if it is empty, too long or has other characters.
    pub fn new(name: &str) -> Option<Self> {
        let fits = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
        if name.is_empty() || !name.bytes().all(fits) {
            return None;
        }
        let mut bytes = [0; Self::MAX_LEN];
        bytes.get_mut(..name.len())?.copy_from_slice(name.as_bytes());
        Some(Self(bytes))
    }

    /// A new name of eight letters and digits from 40 random bits: enough to distinguish the devices of one person.
    pub fn from_random(bits: u64) -> Self {
        // Without 0, 1, l and o, which are easily confused.
        const LETTERS: &[u8; 32] = b"abcdefghijkmnpqrstuvwxyz23456789";
        let mut name = [0; Self::MAX_LEN];
        for (digit, byte) in name.iter_mut().take(8).enumerate() {
            *byte = LETTERS.get((bits >> (5 * digit)) as usize % LETTERS.len()).copied().unwrap_or(b'a');
        }
        Self(name)
    }

    /// The name.
    pub fn as_str(&self) -> &str {
        let length = self.0.iter().position(|byte| *byte == 0).unwrap_or(Self::MAX_LEN);
        self.0.get(..length).and_then(|bytes| std::str::from_utf8(bytes).ok()).unwrap_or_default()
    }
}

impl fmt::Display for DeviceId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for DeviceId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "DeviceId({self})")
    }
}

/// When a group of fields was written, and where; the larger of two stamps wins, on every machine alike.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Stamp {
    /// Milliseconds since 1970.
    pub ms: i64,
    /// Distinguishes stamps whose time cannot grow any further.
    pub counter: u32,
    /// Who wrote it.
    pub device: DeviceId,
}

impl Stamp {
    /// The same stamp, in the name of `device` if it was not signed yet.
    #[must_use]
    pub fn signed(self, device: DeviceId) -> Self {
        Self { device: if self.device == DeviceId::UNSIGNED { device } else { self.device }, ..self }
    }

    /// The last millisecond of the year 9998; a later stamp is invalid.
    pub(crate) const LAST_MS: i64 = 253_370_764_799_999;

    /// The stamp of a first edit.
    pub(crate) fn first(now: Timestamp, device: DeviceId) -> Self {
        Self { ms: now.as_millisecond().clamp(0, Self::LAST_MS), counter: 0, device }
    }

    /// A stamp larger than this one: now, or a millisecond after it if this one lies in the future.
    ///
    /// So a wrong clock cannot freeze a record, and its error does not spread to other records.
    pub(crate) fn next(self, now: Timestamp, device: DeviceId) -> Self {
        let now = Self::first(now, device);
        if now.ms > self.ms {
            now
        } else if self.ms < Self::LAST_MS {
            Self { ms: self.ms + 1, ..now }
        } else {
            Self { ms: Self::LAST_MS, counter: self.counter.saturating_add(1), device }
        }
    }

    /// A stamp of these parts, as they are in a line; the empty name is [`DeviceId::NOBODY`]. None if they are invalid.
    pub(crate) fn from_parts(ms: i64, counter: u32, device: &str) -> Option<Self> {
        let device = if device.is_empty() { DeviceId::NOBODY } else { DeviceId::new(device)? };
        (0..=Self::LAST_MS).contains(&ms).then_some(Self { ms, counter, device })
    }

    /// Reads `[milliseconds, counter, device]`; none if that is invalid.
    pub(crate) fn from_json(value: &Value) -> Option<Self> {
        let [ms, counter, device] = value.as_array()?.as_slice() else { return None };
        Self::from_parts(ms.as_i64()?, u32::try_from(counter.as_u64()?).ok()?, device.as_str()?)
    }

    /// Writes `[milliseconds, counter, device]`.
    pub(crate) fn to_json(self) -> Value {
        json!([self.ms, self.counter, self.device.as_str()])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stamps_of_any_clock_are_in_range_and_grow() {
        let device = DeviceId::TESTER;
        let [before, after] = ["-000044-03-15T12:00:00Z", "9999-06-01T00:00:00Z"].map(|time| time.parse().unwrap());
        assert_eq!((Stamp::first(before, device).ms, Stamp::first(after, device).ms), (0, Stamp::LAST_MS));
        let mut stamp = Stamp::first(after, device);
        for now in [before, after, before] {
            let next = stamp.next(now, device);
            assert!(next > stamp && Stamp::from_json(&next.to_json()) == Some(next), "{next:?}");
            stamp = next;
        }
    }

    #[test]
    fn invalid_stamps_are_refused() {
        for wrong in [
            json!([-1, 0, "a"]),
            json!([Stamp::LAST_MS + 1, 0, "a"]),
            json!([1.5, 0, "a"]),
            json!([1, 4_294_967_296_u64, "a"]),
            json!([1, 0, "../a"]),
            json!([1, 0]),
            json!("now"),
        ] {
            assert_eq!(Stamp::from_json(&wrong), None, "{wrong}");
        }
    }
}
