import type { Host } from './host.ts';
import { type DetectedDevice, described } from './probe.ts';

const CARDS = '/sys/class/drm';

/** AMD's devices, as the Linux kernel tells (sysfs); their names from `rocm-smi`, where it is installed. */
export async function probeAmd(host: Host): Promise<DetectedDevice[]> {
  const cards = (await host.list(CARDS)).filter((name) => /^card\d+$/.test(name));
  const sizes = await Promise.all(cards.map((card) => videoMemory(host, card)));
  const found = sizes.filter((size) => size !== undefined);
  if (found.length === 0) return [];
  const names = await productNames(host);
  return found.map((memoryBytes, place) =>
    described({
      name: names[place]?.name ?? 'AMD GPU',
      vendor: 'AMD',
      backend: 'rocm',
      memoryBytes,
      // A carve-out of the CPU's memory: the rest of it can be used too.
      unified: memoryBytes <= 2 ** 30,
      arch: names[place]?.arch ?? null,
    }),
  );
}

async function videoMemory(host: Host, card: string): Promise<number | undefined> {
  try {
    const vendor = (await host.read(`${CARDS}/${card}/device/vendor`)).trim();
    if (vendor !== '0x1002') return undefined;
    return Number(await host.read(`${CARDS}/${card}/device/mem_info_vram_total`)) || 0;
  } catch {
    return undefined;
  }
}

async function productNames(host: Host): Promise<{ name: string; arch: string | null }[]> {
  try {
    const out = await host.run('rocm-smi', ['--showproductname', '--json']);
    const cards = Object.values(JSON.parse(out) as Record<string, Record<string, string>>);
    return cards.map((card) => ({
      name: card['Card Series'] ?? card['Card series'] ?? 'AMD GPU',
      arch: card['GFX Version'] ?? null,
    }));
  } catch {
    return [];
  }
}
