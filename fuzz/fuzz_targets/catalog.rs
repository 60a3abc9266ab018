//! Shards of catalogs, the checksum of which is made right: what is behind it is to be tested.
#![no_main]

use hubfit::catalog::{Table, snapshot};
use hubfit_fuzz::within;
use libfuzzer_sys::fuzz_target;

/// A byte can be a row with 256 names, or as many as there are bytes, in each of eight fields.
const TIMES: usize = 1 << 14;

/// Where the checksum stands, and what it is of.
const CHECKSUM: std::ops::Range<usize> = 8..16;

fuzz_target!(|bytes: &[u8]| {
    let mut shard = bytes.to_vec();
    snapshot::seal(&mut shard);
    let mut table = Table::default();
    let taken = within(TIMES, bytes.len(), || table.append(&shard).is_ok());
    if !taken {
        return assert_eq!(table, Table::default());
    }
    let mut again = Table::default();
    for shard in snapshot::write(&table) {
        again.append(&shard.bytes).expect("what was written");
    }
    assert_eq!(again.len(), table.len());
    assert!((0..table.len()).all(|row| again.id(row) == table.id(row)));
    // Whatever comes next is refused, or taken whole.
    shard.get_mut(CHECKSUM.end..).into_iter().flatten().step_by(17).for_each(|byte| *byte ^= 1);
    let _ = table.append(&shard);
});
