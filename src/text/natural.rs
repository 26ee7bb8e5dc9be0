//! The order of names as people count: 2 before 10.

use std::cmp::Ordering;

/// Compares two names so that numbers in them go by their value, however long they are, and everything else by its
/// bytes. Names are bytes because those of files are. Only equal names are equal: `1` comes before `01`.
pub fn compare(one: &[u8], other: &[u8]) -> Ordering {
    let (mut left, mut right) = (one, other);
    loop {
        let (Some((&first, left_rest)), Some((&second, right_rest))) = (left.split_first(), right.split_first()) else {
            return left.len().cmp(&right.len()).then_with(|| one.len().cmp(&other.len())).then_with(|| one.cmp(other));
        };
        if first.is_ascii_digit() && second.is_ascii_digit() {
            let ((number, after), (other_number, other_after)) = (take_number(left), take_number(right));
            // Without leading zeros a number of more digits is larger.
            match number.len().cmp(&other_number.len()).then_with(|| number.cmp(other_number)) {
                Ordering::Equal => (left, right) = (after, other_after),
                unequal => return unequal,
            }
        } else if first == second {
            (left, right) = (left_rest, right_rest);
        } else {
            return first.cmp(&second);
        }
    }
}

/// The digits at the beginning, without leading zeros, and what follows them.
fn take_number(bytes: &[u8]) -> (&[u8], &[u8]) {
    let end = bytes.iter().position(|byte| !byte.is_ascii_digit()).unwrap_or(bytes.len());
    let (digits, after) = bytes.split_at(end);
    let zeros = digits.iter().position(|digit| *digit != b'0').unwrap_or(digits.len());
    (digits.get(zeros..).unwrap_or_default(), after)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn numbers_go_by_their_value() {
        let mut names =
            ["10.txt", "2.txt", "1.txt", "part 12b", "part 12a", "part 3", "01.txt", "", "1", "a9", "a10", "B"];
        names.sort_by(|one, other| compare(one.as_bytes(), other.as_bytes()));
        assert_eq!(
            names,
            ["", "1", "1.txt", "01.txt", "2.txt", "10.txt", "B", "a9", "a10", "part 3", "part 12a", "part 12b"]
        );
        let (small, large) = ("9".repeat(40), format!("1{}", "0".repeat(40)));
        assert_eq!(compare(small.as_bytes(), large.as_bytes()), Ordering::Less);
        assert_eq!(compare(b"\xff1", b"\xff01"), Ordering::Less);
    }

    proptest! {
        #[test]
        fn it_is_an_order(mut names in prop::collection::vec("[a0-2.]{0,5}", 3)) {
            let by = |one: &String, other: &String| compare(one.as_bytes(), other.as_bytes());
            prop_assert_eq!(by(&names[0], &names[1]), by(&names[1], &names[0]).reverse());
            prop_assert_eq!(by(&names[0], &names[1]) == Ordering::Equal, names[0] == names[1]);
            names.sort_by(by);
            prop_assert!(by(&names[0], &names[2]) != Ordering::Greater);
        }
    }
}
