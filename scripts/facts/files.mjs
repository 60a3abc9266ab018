// The files taken from one artefact: a map from path to text.
import { dirname, join } from 'node:path/posix';
import { Stop } from '../lib/run.mjs';
import { parsePython } from './python.mjs';

/** The first of several paths that is there: a file's places over time, the newest first. */
export function oneOf(files, paths) {
  const path = paths.find((one) => files.has(one));
  if (!path) throw new Stop(`expected ${paths.join(' or ')} in the package, found neither`);
  return path;
}

/** Its text. */
export const textOf = (files, ...paths) => files.get(oneOf(files, paths));

/** Its text, parsed as a Python module. */
export const pythonOf = (files, ...paths) => pythonAt(files, oneOf(files, paths));

/** All Python modules whose path matches. */
export const modulesOf = (files, expression) =>
  matching(files, expression).map(({ path }) => pythonAt(files, path));

/** A release has up to a thousand modules, and several tables are read from the same ones. */
const parsed = new WeakMap();

function pythonAt(files, path) {
  if (!parsed.has(files)) parsed.set(files, new Map());
  const known = parsed.get(files);
  const sibling = (name) => files.get(join(dirname(path), `${name}.py`));
  if (!known.has(path)) known.set(path, parsePython(files.get(path), path, sibling));
  return known.get(path);
}

/** Paths that match, in order, each with the parts that the expression captures. */
export function matching(files, expression) {
  return [...files.keys()].sort().flatMap((path) => {
    const match = expression.exec(path);
    return match ? [{ path, parts: match.slice(1), text: files.get(path) }] : [];
  });
}

/** All matches of an expression in a text, as their captured parts; stops when there is none. */
export function every(text, expression, what) {
  const found = [...text.matchAll(expression)].map((match) => match.slice(1));
  if (found.length === 0) throw new Stop(`expected ${what}, found none`);
  return found;
}

/** What stands between a start and the next end. */
export function between(text, start, end, what) {
  const from = text.search(start);
  const to = from < 0 ? -1 : text.slice(from).search(end);
  if (to < 0) throw new Stop(`expected ${what}, found none`);
  return text.slice(from, from + to);
}

/** `Requires-Dist` of a wheel: the versions of another package that it asks for, unconditionally if it does. */
export function requirement(files, name) {
  const [metadata] = matching(files, /\.dist-info\/METADATA$/);
  const expression = new RegExp(
    `^Requires-Dist: ${name}(?:\\[[^\\]]*\\])?\\s*\\(?([^;)]*)\\)?\\s*(;.*)?$`,
    'i',
  );
  const found = (metadata?.text.split('\n') ?? [])
    .map((line) => expression.exec(line))
    .filter(Boolean);
  const [, range] = found.find((match) => !match[2]) ?? found[0] ?? [];
  return range?.trim()
    ? [[name, range.replaceAll(' ', '').split(',').sort().join(',')]]
    : [[name, '*']];
}
