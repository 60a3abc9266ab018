import type { Hardware } from '../generated/core.d.ts';
import { findHardware } from '../hardware/find-hardware.ts';
import { estimateMemory } from '../plan/estimate-memory.ts';
import type { FitBudget } from './catalog-query.ts';

/** What llama.cpp leaves of each GPU beside what the driver and the desktop take (`common/fit.cpp`, 1,024 MiB). */
const MARGIN = 2 ** 30;

/** What fits into a machine, for `fit` in a query: by what `findHardware` knows (`RTX 4090 + 64 GB RAM`), or as `detectHardware` found it. */
export function fitBudget(
  hardware: string | Hardware,
  rest: Omit<FitBudget, 'gpu' | 'ram'> = {},
): FitBudget {
  const machine = typeof hardware === 'string' ? findHardware(hardware) : hardware;
  // Nothing is estimated: only what the devices leave to models is asked.
  const { devices } = estimateMemory({ geometry: null, tensorBytes: 1 }, { hardware: machine });
  const usable = devices.map(({ name, usable }) => ({ name, bytes: usable?.bytes ?? 0 }));
  const ram = usable.find(({ name }) => name === 'CPU')?.bytes ?? 0;
  const gpus = usable.filter(({ name }) => name !== 'CPU');
  const gpu = gpus.reduce((sum, { bytes }) => sum + Math.max(0, bytes - MARGIN), 0);
  const shared = machine.devices.some(({ unified }) => unified);
  // A GPU that shares the computer's memory leaves it what is not its own.
  return { gpu, ram: shared ? Math.max(0, ram - gpu) : ram, ...rest };
}
