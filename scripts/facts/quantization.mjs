// vLLM and SGLang: a quantization method is a class, and the class states the compute capability that it needs.
import { asMap } from './python.mjs';

/** All classes of the modules, by name. */
export function classIndex(modules) {
  return new Map(modules.flatMap((module) => module.classes()).map((one) => [one.name, one]));
}

/** Of each method of a dictionary: what `get_min_capability` of its class returns, or that of a base. */
export function floors(methods, classes) {
  return [...asMap(methods)].map(([method, found]) => [
    method,
    floorOf(found?.name, classes) ?? '-',
  ]);
}

/** The numbers that a class's `get_min_capability` may return on CUDA, as `75` or `75,80`. */
export function floorOf(name, classes, depth = 0) {
  const found = classes.get(lastPart(name));
  if (!found || depth > 8) return undefined;
  const own = found.body.functions().find((one) => one.name === 'get_min_capability');
  const numbers = (own?.body.returns() ?? []).filter(onCuda).flatMap(({ value }) => {
    return numbersOf(value, (other) => floorOf(other, classes, depth + 1));
  });
  if (numbers.length > 0) return [...new Set(numbers)].sort((a, b) => a - b).join();
  const inherited = found.bases.map((base) => floorOf(base?.name, classes, depth + 1));
  return inherited.find((floor) => floor !== undefined);
}

/** A number, or what the class returns that is asked instead. */
function numbersOf(value, floorOf) {
  if (typeof value === 'number') return [value];
  const other = /^(\w+)\.get_min_capability$/.exec(value?.call ?? '')?.[1];
  return (other && floorOf(other)?.split(',').map(Number)) ?? [];
}

/** Not under the condition of another platform: their floors are none of CUDA's compute capabilities. */
function onCuda({ if: condition }) {
  const [nots] = /^(not )*/.exec(condition);
  return !OTHERS.test(condition) || (nots.length / 'not '.length) % 2 === 1;
}

/** Ascend, Moore Threads, and AMD, whose cards lack MXFP8 where they make blocks of FP8 of it. */
const OTHERS = /npu|musa|_hip\b|gfx|_to_block_fp8_/;

/** Whether a class or one of its bases is derived from a marker such as `SupportsLoRA`. */
export function derives(name, marker, classes, depth = 0) {
  if (lastPart(name) === marker) return true;
  const found = classes.get(lastPart(name));
  if (!found || depth > 8) return false;
  return found.bases.some((base) => derives(base?.name, marker, classes, depth + 1));
}

const lastPart = (name) => name?.split('.').at(-1);
