/** Which ids there were, at 16 bytes each: by a hash of 53 bits, of which two among three million hardly ever agree. */
export class UniqueIds {
  readonly #slots: Float64Array;

  constructor(most: number) {
    this.#slots = new Float64Array(2 ** Math.ceil(Math.log2(most * 2 + 2)));
  }

  /** False where it was there already. */
  add(id: string): boolean {
    const hash = hashOf(id.toLowerCase()) + 1;
    const slots = this.#slots;
    for (let at = hash % slots.length; ; at = (at + 1) % slots.length) {
      if (slots[at] === hash) return false;
      if (slots[at] !== 0) continue;
      slots[at] = hash;
      return true;
    }
  }
}

/** Two multiplicative hashes side by side. */
function hashOf(text: string): number {
  let [one, other] = [0xdeadbeef, 0x41c6ce57];
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    one = Math.imul(one ^ code, 2_654_435_761);
    other = Math.imul(other ^ code, 1_597_334_677);
  }
  one =
    Math.imul(one ^ (one >>> 16), 2_246_822_507) ^ Math.imul(other ^ (other >>> 13), 3_266_489_909);
  other =
    Math.imul(other ^ (other >>> 16), 2_246_822_507) ^ Math.imul(one ^ (one >>> 13), 3_266_489_909);
  return 2 ** 32 * (other & 0xfffff) + (one >>> 0);
}
