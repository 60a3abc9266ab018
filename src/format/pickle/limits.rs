//! What is kept of a pickle at most. Where a limit is met, the rest is still searched for imports.

/// A text that is kept. Names of modules and tensors are shorter; a longer one counts as one that nobody knows.
pub(super) const MAX_TEXT: usize = 1 << 10;

/// A text or bytes that are looked into for a pickle inside; longer ones are passed over, unread.
pub(super) const MAX_INSIDE: u64 = 1 << 20;

/// How deep pickles are looked for inside pickles.
pub(super) const MAX_DEPTH: u32 = 4;

/// Values on the stack. `torch.save` needs a few hundred at most: picklers flush a dictionary every 1,000 entries.
pub(super) const MAX_STACK: usize = 1 << 20;

/// Memo entries that do not follow one another. Picklers number them in turn.
pub(super) const MAX_FAR_MEMO: usize = 256;

/// How far from the last memo entry the next may be and still be kept in the list.
pub(super) const MEMO_GAP: usize = 1 << 10;

/// Tuples, lists, dictionaries, objects: `torch.save` writes five for a tensor, and 200,000 tensors are many.
pub(super) const MAX_GROUPS: usize = 1 << 21;

/// Values in tuples.
pub(super) const MAX_ITEMS: usize = 1 << 23;

/// Tensors, and references to storages.
pub(super) const MAX_TENSORS: usize = 1 << 20;

/// Texts in all, in bytes.
pub(super) const MAX_TEXTS: usize = 1 << 26;

/// Tuples of which the items are kept: arguments and shapes.
pub(super) const MAX_TUPLE: usize = 64;

/// Each of the lists above may grow by this many without a reason, and then by one for each four bytes that were
/// read: `torch.save` stays below one in seven.
pub(super) const FREE: usize = 1 << 12;

/// Imports of one kind of risk that are told apart.
pub(super) const MAX_IMPORTS: usize = 256;

/// Opcodes in all. A file of 64 MB may have as many; nested pickles count again.
pub(super) const MAX_OPCODES: u64 = 1 << 27;

/// How many keys a tensor's name is put together of.
pub(super) const MAX_KEYS: usize = 16;

/// Pickles that stand one behind another.
pub(super) const MAX_PICKLES: usize = 64;
