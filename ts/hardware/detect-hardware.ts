import { HubfitError } from '../core/hubfit-error.ts';
import type { Hardware } from '../generated/core.d.ts';
import { type Host, nodeHost } from './host.ts';
import type { DetectedDevice, ProbeFinding } from './probe.ts';
import { probeAmd } from './probe-amd.ts';
import { probeApple } from './probe-apple.ts';
import { type BrowserLimits, type BrowserNavigator, probeBrowser } from './probe-browser.ts';
import { probeMemory } from './probe-memory.ts';
import { probeNvidia } from './probe-nvidia.ts';
import { probeWindows } from './probe-windows.ts';

/** What this machine or browser has, each value with its certainty. */
export interface DetectedHardware extends Hardware {
  devices: DetectedDevice[];
  /** Of a browser: what WebGPU allows. */
  browser: BrowserLimits | null;
  /** Probes that failed, and values that are not sure. */
  findings: ProbeFinding[];
}

/** How to look. */
export interface DetectHardwareOptions {
  /** Milliseconds that a probe may take; 3,000 where left out. */
  timeoutMs?: number;
  /** Aborts. */
  signal?: AbortSignal;
  /** Another machine than this one: for tests. */
  host?: Host;
  /** Another browser than this one: for tests. */
  navigator?: BrowserNavigator;
}

/**
 * Looks at this machine or browser: graphics devices, memory, limits. Nothing is sent anywhere; a probe that fails
 * or takes too long is a finding.
 *
 * @throws {HubfitError} `aborted`
 */
export async function detectHardware(
  options: DetectHardwareOptions = {},
): Promise<DetectedHardware> {
  const { timeoutMs = 3000, signal } = options;
  const host = options.host ?? (options.navigator ? undefined : nodeHost(timeoutMs, signal));
  const findings: ProbeFinding[] = [];
  const attempt: Attempt = async (probe, work) => {
    try {
      return await within(timeoutMs, work());
    } catch (error) {
      if (signal?.aborted)
        throw new HubfitError('aborted', 'the call was aborted', { cause: error });
      findings.push(failed(probe, error));
      return undefined;
    }
  };
  const found = host
    ? await machine(host, attempt, findings)
    : await browser(options, attempt, findings);
  return { ...found, name: inWords(found), findings };
}

type Attempt = <T>(probe: string, work: () => Promise<T>) => Promise<T | undefined>;
type Found = Omit<DetectedHardware, 'name' | 'findings'>;

async function machine(host: Host, attempt: Attempt, findings: ProbeFinding[]): Promise<Found> {
  const probes: [string, string, () => Promise<DetectedDevice[]>][] = [
    ['nvidia-smi', 'linux win32', () => probeNvidia(host)],
    ['sysfs', 'linux', () => probeAmd(host)],
    ['sysctl', 'darwin', () => probeApple(host)],
    ['Win32_VideoController', 'win32', () => probeWindows(host)],
  ];
  const here = probes.filter(([, platforms]) => platforms.includes(host.platform));
  const devices = await Promise.all(here.map(([probe, , work]) => attempt(probe, work)));
  const memory = await attempt('memory', () => probeMemory(host));
  if (memory?.capped) {
    const message = `this process may use ${gib(memory.bytes)} of ${gib(host.totalMemory())} GiB`;
    findings.push({ code: 'memory_capped', probe: 'cgroup', message });
  }
  return {
    devices: devices.flatMap((list) => list ?? []).map((device) => shared(device, memory?.bytes)),
    ramBytes: memory?.bytes ?? null,
    ramBandwidth: null,
    browser: null,
  };
}

/** A device without memory of its own has that of the CPU. */
function shared(device: DetectedDevice, ramBytes: number | undefined): DetectedDevice {
  if (!device.unified || device.memoryBytes > 2 ** 30 || !ramBytes) return device;
  const certainty = { ...device.certainty, memoryBytes: 'derived' as const };
  return { ...device, memoryBytes: ramBytes, certainty };
}

async function browser(
  { navigator = globalThis.navigator as BrowserNavigator | undefined }: DetectHardwareOptions,
  attempt: Attempt,
  findings: ProbeFinding[],
): Promise<Found> {
  const adapter = navigator?.gpu && (await attempt('webgpu', () => probeBrowser(navigator)));
  if (!adapter) {
    findings.push({
      code: 'probe_skipped',
      probe: 'webgpu',
      message: 'no WebGPU adapter is offered here',
    });
  }
  findings.push({
    code: 'value_hidden',
    probe: 'navigator.deviceMemory',
    message: 'browsers round memory down to at most 8 GiB and hide that of the graphics device',
  });
  const ram = navigator?.deviceMemory;
  return {
    devices: adapter ? [adapter.device] : [],
    ramBytes: ram ? ram * 2 ** 30 : null,
    ramBandwidth: null,
    browser: adapter?.limits ?? null,
  };
}

async function within<T>(timeoutMs: number, work: Promise<T>): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${timeoutMs} ms`)), timeoutMs);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

function failed(probe: string, error: unknown): ProbeFinding {
  const { code, message } = error as { code?: unknown; message?: string };
  if (code === 'ENOENT') {
    return { code: 'probe_skipped', probe, message: `${probe} is not there` };
  }
  const reason = String(message ?? error).split('\n')[0] ?? '';
  return { code: 'probe_failed', probe, message: `${probe}: ${reason.slice(0, 200)}` };
}

function inWords({ devices, ramBytes }: Found): string {
  const names = devices.map(({ name, memoryBytes }) =>
    memoryBytes ? `${name} ${gib(memoryBytes)} GB` : name,
  );
  const ram = ramBytes === null ? [] : [`${gib(ramBytes)} GB RAM`];
  return [...names, ...ram].join(' + ');
}

function gib(bytes: number): number {
  return Math.round(bytes / 2 ** 30);
}
