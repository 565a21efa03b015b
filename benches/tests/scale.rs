//! The work whose cost is told to grow with the number of things is done on all of them.

use imap_benches::scale::{Things, Work};

#[test]
fn ok_all_things_are_worked_on() {
    for count in [1, 7, 1_000, 3_000] {
        let mut things = Things::new(count);
        for work in Work::ALL {
            assert_eq!(work.run(&mut things), count, "{work:?}");
        }
    }
}
