import type { Host } from './host.ts';
import { type DetectedDevice, described } from './probe.ts';

const QUERY = '--query-gpu=name,memory.total,compute_cap';

/** NVIDIA's devices, as their driver tells: `nvidia-smi`. Memory in MiB. */
export async function probeNvidia(host: Host): Promise<DetectedDevice[]> {
  const out = await host.run('nvidia-smi', [QUERY, '--format=csv,noheader,nounits']);
  return out.split('\n').flatMap((line) => {
    const [name = '', memory = '', capability = ''] = line.split(',').map((cell) => cell.trim());
    if (name === '') return [];
    return [
      described({
        name,
        vendor: 'NVIDIA',
        backend: 'cuda',
        // Boards that share the CPU's memory (GB10, Jetson) print `[N/A]`.
        memoryBytes: Number(memory) * 2 ** 20 || 0,
        unified: !/^\d+$/.test(memory),
        arch: /^\d+\.\d+$/.test(capability) ? capability : null,
      }),
    ];
  });
}
