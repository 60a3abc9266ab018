import type { Host } from './host.ts';
import { type DetectedDevice, described } from './probe.ts';

/** Apple silicon, as `sysctl` tells; its memory is shared. */
export async function probeApple(host: Host): Promise<DetectedDevice[]> {
  const out = await host.run('sysctl', ['-n', 'machdep.cpu.brand_string', 'hw.memsize']);
  const [name = '', memory = ''] = out.split('\n').map((line) => line.trim());
  if (!name.startsWith('Apple')) return [];
  const memoryBytes = Number(memory) || 0;
  const chip = `${name} ${Math.round(memoryBytes / 2 ** 30)}GB`;
  const device = described({
    name: chip,
    vendor: 'Apple',
    backend: 'metal',
    memoryBytes,
    unified: true,
    arch: null,
  });
  return [{ ...device, name }];
}
