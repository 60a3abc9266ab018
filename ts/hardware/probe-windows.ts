import type { Host } from './host.ts';
import { type DetectedDevice, described } from './probe.ts';

const SCRIPT =
  'Get-CimInstance Win32_VideoController | Select-Object Name,AdapterRAM | ConvertTo-Json -Compress';

/** Graphics adapters as Windows tells; its field for memory ends at 4 GiB, so that much is not believed. */
export async function probeWindows(host: Host): Promise<DetectedDevice[]> {
  const out = await host.run('powershell.exe', [
    '-NoProfile',
    '-NonInteractive',
    '-Command',
    SCRIPT,
  ]);
  const found: unknown = JSON.parse(out);
  const adapters = (Array.isArray(found) ? found : [found]) as {
    Name?: string;
    AdapterRAM?: number;
  }[];
  return adapters
    .filter(({ Name = '' }) => /radeon|arc|adreno/i.test(Name))
    .map(({ Name = '', AdapterRAM = 0 }) =>
      described({
        name: Name,
        vendor: /radeon/i.test(Name) ? 'AMD' : /arc/i.test(Name) ? 'Intel' : 'Qualcomm',
        backend: 'vulkan',
        memoryBytes: AdapterRAM < CAP ? AdapterRAM : 0,
        unified: false,
        arch: null,
      }),
    );
}

const CAP = 2 ** 32 - 2 ** 21;
