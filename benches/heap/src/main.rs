//! Counts what is allocated and what is kept, beside other crates.
//!
//! A program of its own, since a counting allocator would slow down those contenders that allocate.

mod allocations;
mod kept;
mod scale;

use imap_benches::report::programs;

fn main() -> anyhow::Result<()> {
    programs::answer(|wanted| {
        let mut tables = vec![allocations::count(), kept::count(), scale::count()];
        for table in &mut tables {
            table.rows.retain(|row| row.name.contains(wanted));
        }
        Ok(tables)
    })
}
