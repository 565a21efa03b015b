//! Sets of numbers against a model that lists them.

use std::collections::BTreeSet;

use imap_proto::{
    Arena, Bound, Command, Range, SeqNum, SequenceSet, SequenceSetBuf, Uid, UidSetBuf,
};
use proptest::prelude::*;

/// The largest number that the models use; `*` stands for one more.
const TOP: u32 = 60;

fn uid(n: u32) -> Uid {
    Uid::try_from(n).unwrap()
}

fn bound() -> impl Strategy<Value = Bound<Uid>> {
    prop_oneof![
        9 => (1..=TOP).prop_map(|n| Bound::Number(uid(n))),
        1 => Just(Bound::Largest),
    ]
}

fn ranges() -> impl Strategy<Value = Vec<Range<Uid>>> {
    let range = (bound(), bound()).prop_map(|(start, end)| Range { start, end });
    proptest::collection::vec(range, 0..12)
}

/// The numbers up to the largest, `*` as the one above it, and all between, as `5:*` has them.
fn model(ranges: &[Range<Uid>]) -> BTreeSet<u32> {
    let number = |bound: Bound<Uid>| match bound {
        Bound::Number(n) => n.get(),
        Bound::Largest => TOP + 1,
    };
    let span = |range: &Range<Uid>| {
        let (a, b) = (number(range.start), number(range.end));
        a.min(b)..=a.max(b)
    };
    ranges.iter().flat_map(span).collect()
}

fn set(ranges: &[Range<Uid>]) -> UidSetBuf {
    ranges.iter().copied().collect()
}

/// Whether a set has its one normal form: ascending, and with a gap between ranges.
fn is_normal(set: &UidSetBuf) -> bool {
    let number = |bound: Bound<Uid>| match bound {
        Bound::Number(n) => u64::from(n.get()),
        Bound::Largest => 1 << 32,
    };
    let ordered = |range: &Range<Uid>| number(range.start) <= number(range.end);
    set.ranges().iter().all(ordered)
        && set
            .ranges()
            .windows(2)
            .all(|pair| number(pair[0].end) + 1 < number(pair[1].start))
}

/// Checks a set against its model, in which `TOP` is the largest number before `*`.
fn agrees(set: &UidSetBuf, model: &BTreeSet<u32>) -> Result<(), TestCaseError> {
    prop_assert!(is_normal(set), "{set}");
    for n in 1..=TOP {
        prop_assert_eq!(set.contains(uid(n)), model.contains(&n), "{} in {}", n, set);
    }
    let has_star = set
        .ranges()
        .last()
        .is_some_and(|range| range.end == Bound::Largest);
    prop_assert_eq!(has_star, model.contains(&(TOP + 1)), "{}", set);
    prop_assert_eq!(set.is_empty(), model.is_empty());
    prop_assert_eq!(set.len(), (!has_star).then_some(model.len() as u64));
    // With a mailbox in which the next number is the largest, `*` is that number.
    let numbers: BTreeSet<u32> = set.numbers(uid(TOP + 1)).map(Uid::get).collect();
    prop_assert_eq!(&numbers, model);
    Ok(())
}

proptest! {
    #[test]
    fn ok_collecting_ranges(a in ranges()) {
        agrees(&set(&a), &model(&a))?;
    }

    #[test]
    fn ok_union(a in ranges(), b in ranges()) {
        agrees(&set(&a).union(&set(&b)), &(&model(&a) | &model(&b)))?;
    }

    #[test]
    fn ok_intersection(a in ranges(), b in ranges()) {
        let both = set(&a).intersection(&set(&b));
        // `*` is above all numbers of the model, so that `n:*` holds those that lie between.
        agrees(&both, &(&model(&a) & &model(&b)))?;
    }

    #[test]
    fn ok_difference(a in ranges(), b in ranges()) {
        let (a_set, b_set) = (set(&a), set(&b));
        let rest = a_set.difference(&b_set);
        prop_assert!(is_normal(&rest));
        prop_assert!(rest.intersection(&b_set).is_empty());
        prop_assert_eq!(rest.union(&a_set.intersection(&b_set)), a_set);
        let expected = &model(&a) - &model(&b);
        for n in 1..=TOP {
            prop_assert_eq!(rest.contains(uid(n)), expected.contains(&n));
        }
    }

    #[test]
    fn ok_insertion_in_any_order(numbers in proptest::collection::vec(1..=TOP, 0..80), a in ranges()) {
        let mut inserted = set(&a);
        let mut expected = model(&a);
        for n in numbers {
            inserted.insert(uid(n));
            expected.insert(n);
        }
        agrees(&inserted, &expected)?;
    }

    #[test]
    fn ok_text_and_back(a in ranges()) {
        let set = set(&a);
        if !set.is_empty() {
            prop_assert_eq!(&set.to_string().parse::<UidSetBuf>().unwrap(), &set);
            prop_assert_eq!(&UidSetBuf::from(set.as_set().unwrap()), &set);
        }
    }

    #[test]
    fn ok_parts_join_to_the_whole_and_fit(a in ranges(), octets in 1usize..40) {
        let set = set(&a);
        let mut joined = UidSetBuf::new();
        for part in set.split(octets) {
            prop_assert!(!part.is_empty());
            prop_assert!(part.to_string().len() <= octets || part.ranges().len() == 1);
            joined = joined.union(&part);
        }
        prop_assert_eq!(joined, set);
    }

    #[test]
    fn ok_equal_sets_have_equal_texts(a in ranges(), b in ranges()) {
        let (a, b) = (set(&a), set(&b));
        prop_assert_eq!(a == b, a.to_string() == b.to_string());
    }
}

#[test]
fn ok_large_ranges_are_never_expanded() {
    let all: SequenceSetBuf = "1:4294967295".parse().unwrap();
    assert_eq!(all.len(), Some(4_294_967_295));
    assert_eq!(all.ranges().len(), 1);
    let first: Vec<u32> = all.numbers(SeqNum::MAX).take(5).map(u32::from).collect();
    assert_eq!(first, [1, 2, 3, 4, 5]);
    let odd: SequenceSetBuf = "1,3,4294967295".parse().unwrap();
    assert_eq!(all.difference(&odd).to_string(), "2,4:4294967294");
    assert_eq!(all.intersection(&odd), odd);
    assert_eq!(all.union(&SequenceSetBuf::largest()).to_string(), "1:*");
}

#[test]
fn ok_star_is_the_largest_number_in_use() {
    let largest = uid(10);
    let numbers = |text: &str| -> Vec<u32> {
        let set: UidSetBuf = text.parse().unwrap();
        set.numbers(largest).map(Uid::get).collect()
    };
    assert_eq!(numbers("*"), [10]);
    assert_eq!(numbers("9:*"), [9, 10]);
    // RFC 9051 9: `3291:*` holds the last message even if its number is smaller.
    assert_eq!(numbers("20:*"), [10]);
    assert_eq!(numbers("*:8"), [8, 9, 10]);
    assert_eq!(numbers("20:30"), [0; 0]);
}

#[test]
fn ok_texts_are_canonical() {
    for (text, canonical) in [
        ("1", "1"),
        ("1:1", "1"),
        ("9:7", "7:9"),
        ("3,2,1", "1:3"),
        ("1,2,4:6,5:9,*", "1:2,4:9,*"),
        ("*:*", "*"),
        ("*:4,5:7", "4:*"),
        ("4294967295,*", "4294967295:*"),
        ("1:2,3:4,6", "1:4,6"),
    ] {
        let set: SequenceSetBuf = text.parse().unwrap();
        assert_eq!(set.to_string(), canonical, "{text}");
    }
}

#[test]
fn err_texts_that_are_no_sets() {
    for (text, offset) in [
        ("", 0),
        (",", 0),
        ("0", 0),
        ("01", 0),
        ("x", 0),
        ("1,", 2),
        ("1,,2", 2),
        ("1:", 2),
        ("1:2:3", 3),
        ("1 2", 1),
        ("1,2x", 3),
        ("$", 0),
        ("**", 1),
        ("1,4294967296", 2),
        ("1,99999999999999999999", 2),
        ("-1", 0),
        ("+1", 0),
    ] {
        let error = text.parse::<SequenceSetBuf>().unwrap_err();
        assert_eq!(error.offset, offset, "{text:?}");
    }
    let error = "1;2".parse::<SequenceSetBuf>().unwrap_err();
    assert_eq!(
        error.to_string(),
        "expected a sequence set such as `1:4,7,9:*`, stopped at byte 1"
    );
}

#[test]
fn ok_sets_of_a_command_keep_the_order_of_the_wire() {
    let arena = Arena::new();
    let tagged = Command::parse(b"a COPY 9:7,*,3:*,3 x\r\n", &arena).unwrap();
    let Command::Copy(copy) = tagged.command else {
        panic!("{tagged:?}");
    };
    assert_eq!(copy.set.to_string(), "9:7,*,3:*,3");
    assert_eq!(SequenceSetBuf::from(copy.set).to_string(), "3:*");
    assert_eq!(SequenceSet::<SeqNum>::SAVED.to_string(), "$");
    assert!(SequenceSet::<SeqNum>::SAVED.ranges().is_empty());
    assert_eq!(SequenceSet::<SeqNum>::new(&[]), None);
}
