/** Bits that a catalog keeps of parameters and bytes: 0.002 %, in fewer bytes of a snapshot. */
const BITS = 16;

/** A quantity as a catalog keeps it: to the nearest, or up where it is to fit somewhere. */
export function rounded(quantity: number, how: 'nearest' | 'up' = 'nearest'): number {
  if (!(quantity > 0)) return 0;
  const step = 2 ** Math.max(0, Math.floor(Math.log2(quantity)) + 1 - BITS);
  return step * (how === 'up' ? Math.ceil : Math.round)(quantity / step);
}
