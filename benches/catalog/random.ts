/** Numbers by chance, the same for the same seed everywhere. */
export class Random {
  #state: number;

  constructor(seed: number) {
    this.#state = seed >>> 0;
  }

  /** From 0 up to, but without, 1 (mulberry32). */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let word = this.#state;
    word = Math.imul(word ^ (word >>> 15), word | 1);
    word ^= word + Math.imul(word ^ (word >>> 7), word | 61);
    return ((word ^ (word >>> 14)) >>> 0) / 2 ** 32;
  }

  below(end: number): number {
    return Math.floor(this.next() * end);
  }

  chance(share: number): boolean {
    return this.next() < share;
  }

  /** One of a list, each as likely. */
  of<T>(list: readonly T[]): T {
    return list[this.below(list.length)] as T;
  }

  /** One of a list, the first ones far more often: the place p has a weight of about 1 / (p + 1). */
  zipf<T>(list: readonly T[]): T {
    const place = Math.floor((list.length + 1) ** this.next()) - 1;
    return list[Math.min(place, list.length - 1)] as T;
  }

  /** The normal distribution (Box and Muller). */
  normal(): number {
    return Math.sqrt(-2 * Math.log(1 - this.next())) * Math.cos(2 * Math.PI * this.next());
  }

  logNormal(median: number, spread: number): number {
    return median * Math.exp(spread * this.normal());
  }

  /** Above 0: P(x > t) falls as t^-slope. */
  power(slope: number): number {
    return (1 - this.next()) ** (-1 / slope) - 1;
  }
}
