import type { FitBudget } from 'hubfit/catalog';

/** A machine, and the bytes that it leaves to models. */
export interface Machine {
  name: string;
  gpu: number;
  ram: number;
}

/** Made by `vite.config.ts`. */
declare const MACHINE_GROUPS: { label: string; machines: Machine[] }[];

export const machineGroups: typeof MACHINE_GROUPS = MACHINE_GROUPS;

const machines = machineGroups.flatMap((group) => group.machines);

/** The machine of this name. */
export const machineNamed = (name: string): Machine | undefined =>
  machines.find((machine) => machine.name === name);

/** The machine that leaves exactly this. */
export const machineOf = ({ gpu, ram = 0 }: FitBudget): Machine | undefined =>
  machines.find((machine) => machine.gpu === gpu && machine.ram === ram);
