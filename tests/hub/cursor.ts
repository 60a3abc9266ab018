// Keyset paging: the cursor is a condition on (sort value descending, `_id` ascending), base64 of JSON
// as on the Hub. Clients must treat it as opaque; the order is total because `_id` is unique.

export type SortValue = number | string | undefined;

export interface Keyed {
  key: string;
  value: SortValue;
}

interface Condition {
  key: string;
  value: SortValue;
}

function compareValues(a: SortValue, b: SortValue): number {
  if (a === b) return 0;
  // As in the Hub's database a missing value sorts below every other one.
  if (a === undefined) return -1;
  if (b === undefined) return 1;
  return a < b ? -1 : 1;
}

/** Negative when `a` comes first. */
export function compareKeyed(a: Keyed, b: Keyed, direction: 1 | -1): number {
  return (
    direction * compareValues(a.value, b.value) || (a.key < b.key ? -1 : a.key > b.key ? 1 : 0)
  );
}

export function writeCursor(field: string, last: Keyed, direction: 1 | -1): string {
  const beyond = direction === -1 ? '$lt' : '$gt';
  const value = last.value ?? null;
  const or: object[] = [{ [field]: value, _id: { $gt: last.key } }];
  if (value !== null) or.push({ [field]: { [beyond]: value } });
  if (value !== null && direction === -1) or.push({ [field]: null });
  return Buffer.from(JSON.stringify({ $or: or })).toString('base64');
}

/** The last row that was sent, or undefined for a cursor that this Hub did not write. */
export function readCursor(field: string, cursor: string): Condition | undefined {
  try {
    const { $or } = JSON.parse(Buffer.from(cursor, 'base64').toString('utf8'));
    const [{ [field]: value, _id }] = $or;
    if (typeof _id?.$gt !== 'string') return undefined;
    return { key: _id.$gt, value: value ?? undefined };
  } catch {
    return undefined;
  }
}
