import color from 'picocolors';
import type {
  Advice,
  DeviceBytes,
  Plan,
  PlannedVariant,
  Rate,
  RuntimeMemory,
  Step,
} from '../generated/memory.d.ts';
import { curveInText } from './curve-in-text.ts';
import { gib, inWords } from './estimate-in-text.ts';
import { tokens } from './in-words.ts';
import { cut, table } from './table.ts';

/** More rows than a screen has help nobody; `--json` gives all. */
const MOST_ROWS = 24;

/** A plan as a person wants it: what to take, every variant, the memories, the context. */
export function planInText(name: string, plan: Plan): string {
  const { chosen, variants, curve, findings, advice } = plan;
  const best = chosen === null ? undefined : variants[chosen];
  return [
    answer(name, plan, best),
    ...(variants.length > 0 ? ['', variantTable(plan)] : []),
    ...(plan.devices.some(({ usable }) => usable) ? ['', memories(plan.devices)] : []),
    ...(plan.memory ? ['', partTable(plan.memory)] : []),
    ...(curve.length > 1 ? ['', curveInText(curve, limit(plan))] : []),
    ...steps(plan),
    ...(advice.length > 0 ? ['', color.bold('what would fit'), ...advice.map(advise(plan))] : []),
    ...findings.map(inWords),
    ...(best?.generation ? ['', color.dim(`speeds: ${plan.speedSource}`)] : []),
  ].join('\n');
}

function answer(name: string, plan: Plan, best: PlannedVariant | undefined): string {
  const where = plan.hardware ? ` on ${plan.hardware}` : '';
  const place = `${color.bold(name)}${where}, ${plan.runtime}`;
  if (!best) return `${place}: ${color.red('nothing fits')}`;
  const how = {
    full: color.green('all of it fits'),
    partial: color.yellow(parts(best, plan.offload)),
    no: color.red('it does not fit'),
    unknown: color.yellow('whether it fits is not known'),
  };
  const context = best.largestContext ? `, up to ${tokens(best.largestContext)} tokens` : '';
  return `${place}: take ${color.bold(best.name)}, ${how[plan.fit]}${context}`;
}

function parts({ gpuLayers, cpuMoe }: PlannedVariant, offload: string | null): string {
  if (offload === 'auto') return 'with layers that wait in the computer’s memory (device_map auto)';
  if (offload) return `with components that take turns (${offload} offload)`;
  return cpuMoe > 0
    ? `with the experts of ${cpuMoe} layers in the computer's memory`
    : `with ${gpuLayers} layers on the GPU`;
}

function variantTable({ variants, chosen }: Plan): string {
  const head = ['', 'variant', 'bits', 'loss', 'weights', 'memory', 'fit', 'context', 'tokens/s'];
  const rows = variants.slice(0, MOST_ROWS).map((variant, index) => row(variant, index === chosen));
  return table(head, rows);
}

function row(variant: PlannedVariant, isChosen: boolean): string[] {
  const { bitsPerWeight, loss, largestContext, generation } = variant;
  return [
    isChosen ? color.green('▸') : '',
    cut(variant.name, 20),
    bitsPerWeight === null ? '–' : bitsPerWeight.toFixed(2),
    loss === null ? '–' : `+${loss.perplexity.toFixed(3)}`,
    gib(variant.bytes),
    gib(variant.total.expected),
    fitInWords(variant),
    largestContext === null ? '–' : tokens(largestContext),
    rate(generation),
  ];
}

function fitInWords({ fit, gpuLayers, cpuMoe }: PlannedVariant): string {
  if (fit === 'full') return color.green('✓ full');
  if (fit === 'no') return color.red('✗ no');
  if (fit === 'unknown') return color.yellow('? unknown');
  if (gpuLayers === 0) return color.yellow('◐ in turns');
  return color.yellow(cpuMoe > 0 ? `◐ ${cpuMoe} in RAM` : `◐ ${gpuLayers} on GPU`);
}

/** `95 (51–180)`: expected, and between what. */
function rate(rate: Rate | null): string {
  if (!rate) return '–';
  const round = (value: number): string => value.toFixed(value < 10 ? 1 : 0);
  return `${round(rate.expected)} (${round(rate.low)}–${round(rate.high)})`;
}

/** Characters of a whole bar. */
const WIDTH = 32;

/** A bar for each memory: weights, context, what is computed with, and what is left. */
function memories(devices: readonly DeviceBytes[]): string {
  const rows = devices.flatMap((device) => {
    if (!device.usable) return [];
    const { bytes, reserve } = device.usable;
    const used = `${gib(device.total.expected)} of ${gib(bytes)}`;
    return [[device.name, bar(device, bytes), used, color.dim(`${gib(reserve)} kept free`)]];
  });
  const legend = `${color.cyan('█')} weights ${color.magenta('█')} context ${color.yellow('█')} computation`;
  return `${table(['memory', legend, 'used', ''], rows)}`;
}

function bar(device: DeviceBytes, usable: number): string {
  const cells = (bytes: number): number => Math.round((WIDTH * bytes) / Math.max(usable, 1));
  const { weights, context, total } = device;
  const rest = total.expected - weights - context;
  const drawn = [
    color.cyan('█'.repeat(Math.min(WIDTH, cells(weights)))),
    color.magenta('█'.repeat(Math.min(WIDTH, cells(context)))),
    color.yellow('█'.repeat(Math.min(WIDTH, cells(rest)))),
  ].join('');
  return `${drawn}${color.dim('░'.repeat(Math.max(0, WIDTH - cells(total.expected))))}`;
}

/** What the chosen variant takes part by part, where a runtime's rule says it. */
function partTable({ parts, limit }: RuntimeMemory): string {
  const rows = parts.map(({ name, place, bytes }) => [
    name,
    place === 'host' ? "the computer's memory" : '',
    bytes.low === bytes.high
      ? gib(bytes.expected)
      : `${gib(bytes.expected)} (${gib(bytes.low)}–${gib(bytes.high)})`,
  ]);
  if (limit) rows.push(['of', '', gib(limit.bytes.expected)]);
  return table(['part', '', 'bytes'], rows);
}

/** All usable memory, where it is known. */
function limit({ devices, memory }: Plan): number | undefined {
  if (memory) return memory.limit ? memory.limit.bytes.expected * memory.devices : undefined;
  const usable = devices.flatMap((device) => device.usable?.bytes ?? []);
  return usable.length === devices.length ? usable.reduce((sum, one) => sum + one, 0) : undefined;
}

function steps({ up, down, variants }: Plan): string[] {
  const line = (word: string, step: Step | null): string[] => {
    const to = step && variants[step.variant];
    if (!step || !to) return [];
    const costs = [
      `${step.bytes > 0 ? '+' : '−'}${gib(Math.abs(step.bytes))}`,
      step.speed !== null && `${step.speed.toFixed(2)} × the speed`,
      step.perplexity !== null &&
        `perplexity ${step.perplexity > 0 ? '+' : ''}${step.perplexity.toFixed(3)}`,
    ];
    return [`${word} ${color.bold(to.name)}: ${costs.filter(Boolean).join(', ')}`];
  };
  const lines = [...line('one step up, ', up), ...line('one step down, ', down)];
  return lines.length > 0 ? ['', ...lines] : [];
}

function advise({ variants }: Plan): (advice: Advice) => string {
  const name = (index: number): string => variants[index]?.name ?? '';
  return (advice) => {
    switch (advice.kind) {
      case 'context':
        return `  ${name(advice.variant)} with ${tokens(advice.contextLength)} tokens of context`;
      case 'cache_type':
        return `  ${name(advice.variant)} with keys and values in ${advice.cacheType}`;
      case 'setting':
        return `  ${name(advice.variant)} with ${advice.setting} ${advice.value}`;
      case 'smaller_variant':
        return `  a variant of at most ${gib(advice.bytes)}${bits(advice.bitsPerWeight)}`;
      case 'smaller_model':
        return `  ${advice.id} (${gib(advice.bytes)})`;
      case 'memory':
        return `  ${gib(advice.bytes)} more memory`;
    }
  };
}

function bits(bitsPerWeight: number | null): string {
  return bitsPerWeight === null ? '' : `, ${bitsPerWeight.toFixed(1)} bits for each parameter`;
}
