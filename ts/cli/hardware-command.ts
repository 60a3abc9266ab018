import type { Command } from 'commander';
import color from 'picocolors';
import type { Device, Hardware } from '../generated/core.d.ts';
import { type DetectedHardware, detectHardware } from '../hardware/detect-hardware.ts';
import { findHardware } from '../hardware/find-hardware.ts';
import { listHardware } from '../hardware/list-hardware.ts';
import { bytes } from './in-words.ts';
import { table } from './table.ts';

/** `hubfit hardware`. */
export function addHardwareCommand(program: Command): void {
  program
    .command('hardware')
    .description('show what a name stands for, which devices are known, or what this machine has')
    .argument(
      '[text]',
      '"RTX 4090", "2x3090 + 64 GB RAM", "M3 Max 64GB"; this machine where left out',
    )
    .option('--list', 'all devices that are known')
    .option('--json', 'JSON on standard output')
    .action(runHardware);
}

async function runHardware(
  text: string | undefined,
  options: { list?: boolean; json?: boolean },
): Promise<void> {
  const { json, shown } = await find(text, options.list);
  process.stdout.write(`${options.json ? JSON.stringify(json, undefined, 2) : shown}\n`);
}

async function find(
  text: string | undefined,
  list: boolean | undefined,
): Promise<{ json: unknown; shown: string }> {
  if (list) {
    const json = listHardware();
    return { json, shown: devices(json.map(({ device }) => device)) };
  }
  const json = text === undefined ? await detectHardware() : findHardware(text);
  return { json, shown: inText(json) };
}

function inText(hardware: Hardware | DetectedHardware): string {
  const ram = hardware.ramBytes ? [`memory of the computer: ${bytes(hardware.ramBytes)}`] : [];
  const findings = 'findings' in hardware ? hardware.findings : [];
  return [
    color.bold(hardware.name),
    ...(hardware.devices.length > 0 ? [devices(hardware.devices)] : ['no graphics device']),
    ...ram,
    ...findings.map(({ message }) => `${color.yellow('!')} ${message}`),
  ].join('\n');
}

function devices(all: readonly Device[]): string {
  const head = ['device', 'maker', 'backend', 'memory', 'bandwidth', 'FP16', 'architecture'];
  const rate = (value: number | null, unit: number, name: string): string =>
    value ? `${Math.round(value / unit).toLocaleString('en-US')} ${name}` : '–';
  const row = ({
    name,
    vendor,
    backend,
    memoryBytes,
    bandwidth,
    flops,
    arch,
  }: Device): string[] => [
    name,
    vendor,
    backend,
    memoryBytes ? bytes(memoryBytes) : '–',
    rate(bandwidth, 1e9, 'GB/s'),
    rate(flops, 1e12, 'TFLOPS'),
    arch ?? '–',
  ];
  return table(head, all.map(row));
}
