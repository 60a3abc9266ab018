// Contenders that take turns, so that a slow moment hits all alike.

export type Contenders = Record<string, () => unknown>;

/** Turns: enough of the slow ones for a median, of the quick ones for engines to warm up. */
const ROUNDS = { least: 11, most: 401, milliseconds: 30_000 };

/** The median milliseconds of each. */
export async function race(contenders: Contenders): Promise<Map<string, number>> {
  const times = new Map(Object.keys(contenders).map((name) => [name, [] as number[]]));
  const end = performance.now() + ROUNDS.milliseconds;
  const more = (round: number) => performance.now() < end && round < ROUNDS.most;
  for (let round = 0; round < ROUNDS.least || more(round); round += 1) {
    for (const [name, work] of Object.entries(contenders)) {
      const start = performance.now();
      await work();
      times.get(name)?.push(performance.now() - start);
    }
  }
  return new Map([...times].map(([name, list]) => [name, median(list)]));
}

function median(times: number[]): number {
  return times.sort((one, other) => one - other)[times.length >> 1] ?? Number.NaN;
}
