//! Size: the sum of the file sizes that are known.

use super::Reading;
use crate::model::Grade;
use crate::model::listing::ListingItem;

pub(super) fn read(item: &ListingItem<'_>) -> Reading<u64> {
    let mut files = 0_usize;
    let mut sized = 0_usize;
    let mut bytes = 0_u64;
    for (_, size) in item.files() {
        files += 1;
        sized += usize::from(size.is_some());
        bytes = bytes.saturating_add(size.unwrap_or(0)).min(1 << 53);
    }
    match sized {
        0 => Reading::new(0, "none", Grade::Unknown),
        _ if sized == files => {
            Reading::new(bytes, "siblings", Grade::Stated).detail(format!("{files} files"))
        }
        _ => Reading::new(bytes, "siblings", Grade::Derived)
            .detail(format!("{sized} of {files} files have a size: at least this much")),
    }
}
