import type { Device } from '../generated/core.d.ts';
import { findHardware } from './find-hardware.ts';

/** Where a value is from: the driver or system said so, the table knows it, it was worked out, or nobody knows. */
export type Certainty = 'measured' | 'table' | 'derived' | 'unknown';

/** A device, and how sure each of its values is. */
export interface DetectedDevice extends Device {
  certainty: { memoryBytes: Certainty; bandwidth: Certainty; flops: Certainty; arch: Certainty };
}

/** A probe that found nothing, or something that is not sure. */
export interface ProbeFinding {
  /** Stable name: `probe_failed`, `probe_skipped`, `memory_capped`, `value_hidden`. */
  code: string;
  /** `nvidia-smi`, `sysfs`, `webgpu`, … */
  probe: string;
  /** One sentence for a person. */
  message: string;
}

/** What a driver said of a device. */
export interface Seen {
  name: string;
  vendor: string;
  backend: string;
  memoryBytes: number;
  unified: boolean;
  arch: string | null;
}

/** The device that was seen, with what the table knows of one of that name. */
export function described(seen: Seen): DetectedDevice {
  const known = fromTable(seen.name);
  const from = (value: unknown): Certainty => (value === null ? 'unknown' : 'table');
  const bandwidth = known?.bandwidth ?? null;
  const flops = known?.flops ?? null;
  const arch = seen.arch ?? known?.arch ?? null;
  return {
    ...seen,
    bandwidth,
    flops,
    arch,
    certainty: {
      memoryBytes: seen.memoryBytes > 0 ? 'measured' : 'unknown',
      bandwidth: from(bandwidth),
      flops: from(flops),
      arch: seen.arch === null ? from(arch) : 'measured',
    },
  };
}

function fromTable(name: string): Device | undefined {
  try {
    return findHardware(name).devices[0];
  } catch {
    // A device that is newer than the table, or a name that only its driver uses.
    return undefined;
  }
}
