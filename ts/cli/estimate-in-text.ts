import color from 'picocolors';
import type { ComputeBytes, DeviceBytes, Finding, Spread } from '../generated/memory.d.ts';
import type { EstimatedMemory } from '../plan/estimate-memory.ts';
import { tokens } from './in-words.ts';
import { table } from './table.ts';

/** What a model takes, a row for each part and a column for each device. */
export function estimateInText(name: string, memory: EstimatedMemory): string {
  const { devices, range, runtime, version } = memory;
  return [
    `${color.bold(name)} in ${runtime}, by the rules of llama.cpp ${version}`,
    settings(memory),
    table(['', ...devices.map((device) => device.name), 'all'], rows(memory)),
    `${color.bold(gib(range.expected))} in all${bounds(range)}`,
    ...memory.findings.map(inWords),
  ].join('\n');
}

function settings({ settings: held }: EstimatedMemory): string {
  const { contextLength, parallel, cacheTypeK, cacheTypeV, gpuLayers, fitted } = held;
  const caches = cacheTypeK === cacheTypeV ? cacheTypeK : `${cacheTypeK}/${cacheTypeV}`;
  return color.dim(
    [
      `${tokens(contextLength)} tokens`,
      `${parallel} sequence${parallel === 1 ? '' : 's'}${held.kvUnified ? ' in one cache' : ''}`,
      `cache ${caches}`,
      `flash attention ${held.flashAttention ? 'on' : 'off'}`,
      `ubatch ${held.ubatch}`,
      gpuLayers > 0 && `${gpuLayers} layers on GPU`,
      held.cpuMoe > 0 && `experts of ${held.cpuMoe} layers in RAM`,
      fitted && 'chosen to fit',
    ]
      .filter(Boolean)
      .join(', '),
  );
}

function rows({ devices, range }: EstimatedMemory): string[][] {
  const row = (name: string, part: (device: DeviceBytes) => number): string[] => {
    const parts = devices.map(part);
    const all = parts.reduce((sum, bytes) => sum + bytes, 0);
    return all > 0 ? [name, ...parts.map(mib), mib(all)] : [];
  };
  const usable = devices.map((device) => device.usable?.bytes ?? 0);
  const known = usable.some((bytes) => bytes > 0);
  return [
    row('weights', ({ weights }) => weights),
    row('caches and states', ({ context }) => context),
    row('output', ({ output }) => output),
    row('computation', ({ compute }) => compute.expected),
    row('beside the model', ({ beside }) => beside.expected),
    [
      'together',
      ...devices.map(({ total }) => color.bold(mib(total.expected))),
      mib(range.expected),
    ],
    ['at least', ...devices.map(({ total }) => mib(total.low)), mib(range.low)],
    ['at most', ...devices.map(({ total }) => mib(total.high)), mib(range.high)],
    known ? ['usable', ...usable.map(mib), ''] : [],
  ].filter((cells) => cells.length > 0);
}

function bounds({ low, expected, high }: Spread | ComputeBytes): string {
  return low === expected && high === expected ? '' : `, between ${gib(low)} and ${gib(high)}`;
}

/** One finding as a line. */
export function inWords({ severity, message }: Pick<Finding, 'severity' | 'message'>): string {
  const marks = { info: color.dim('·'), warning: color.yellow('!'), unknown: color.yellow('?') };
  const mark = severity === 'error' ? color.red('✗') : marks[severity];
  return `${mark} ${message}`;
}

/** `1,024 MiB`; a dash for nothing. */
function mib(bytes: number): string {
  if (bytes === 0) return '–';
  const mib = bytes / 2 ** 20;
  return `${mib.toLocaleString('en-US', { maximumFractionDigits: mib < 10 ? 2 : 0 })} MiB`;
}

/** `4.92 GiB`. */
export function gib(bytes: number): string {
  const gib = bytes / 2 ** 30;
  return `${gib.toFixed(gib < 10 ? 2 : 1)} GiB`;
}
