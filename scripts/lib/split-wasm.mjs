// Splits a module of wasm in two halves that share one memory: what a page needs at once, and what it needs when somebody
// asks for more. It is what Binaryen's wasm-split does, which Binaryen's npm package does not carry.
//
// The first half is the module without the functions of the second. Where it calls one of them, it calls through the table,
// in which the second half writes itself when it is instantiated. The second half imports all that it uses of the first
// from the module named `first`, which is the first half's exports.

/**
 * Splits the text of a module that has the names of its functions.
 *
 * `isLater` tells by name which functions are the second half; what nothing else uses goes with them. `laterExports` are the
 * exports that belong to it: the first half keeps them, as calls through the table.
 *
 * @param {string} text the module, as `wasm-dis` writes it
 * @param {{ isLater: (name: string) => boolean, laterExports: readonly string[] }} options
 * @returns {{ first: string, second: string }} the two, for `wasm-as`
 */
export function splitWasm(text, { isLater, laterExports }) {
  const module = read(text, laterExports);
  const later = laterFunctions(module, isLater);
  const lent = new Lent();
  const slots = slotsOf(module, later);
  // First, so that the other knows what it lends.
  const second = secondHalf(module, later, slots, lent);
  return { first: firstHalf(module, later, slots, lent), second };
}

const NAME = String.raw`\$(?:"(?:[^"\\]|\\.)*"|[^\s()]+)`;
const name = (form) => new RegExp(NAME).exec(form)[0];
const names = (form) => form.match(new RegExp(NAME, 'g')) ?? [];
const plain = (id) => id.replace(/^\$"?|"$/g, '');

/** The parts of a module. */
function read(text, laterExports) {
  const forms = text.split(/\n(?= \()/).slice(1);
  forms[forms.length - 1] = forms.at(-1).replace(/\)\s*$/, '');
  const of = (kind) => forms.filter((form) => form.startsWith(` (${kind} `));
  const functions = new Map(of('func').map((form) => [name(form), form]));
  const imports = of('import').filter((form) => form.includes('(func '));
  const exports = of('export');
  const own = exports.filter((form) => laterExports.includes(/"([^"]+)"/.exec(form)[1]));
  if (own.length < laterExports.length) {
    throw new Error(`of the exports ${laterExports}, the module has ${own.length}`);
  }
  return {
    types: of('type'),
    imported: new Map(imports.map((form) => [name(form), signature(form)])),
    ...{ imports, functions, exports, data: of('data') },
    laterExports: new Set(own.map(name)),
    globals: new Map(of('global').map((form) => [name(form), form])),
    tables: new Map(of('table').map((form) => [name(form), form])),
    memory: of('memory')[0],
    ...elements(of('elem'), of('table')),
  };
}

/** What stands in the table of functions: the places from the first on. */
function elements(forms, tables) {
  const [form, ...others] = forms.filter((each) => !each.startsWith(' (elem declare'));
  const parts = /^ \(elem (?:\$\S+ )?(?:\(table (\S+)\) )?\(i32\.const (\d+)\)(.*)\)/.exec(
    form ?? '',
  );
  if (others.length > 0 || !parts) throw new Error('expected one elem segment, of functions');
  const [, table = name(tables.find((each) => each.includes('funcref'))), start, placed] = parts;
  return { table, start: Number(start), placed: names(placed) };
}

/** `(param i32) (result i32)` of a function or an import. */
function signature(form) {
  const line = form.split('\n', 1)[0];
  const kinds = (what) =>
    [...line.matchAll(new RegExp(String.raw`\(${what}(?: \$\S+)? ([^()]+)\)`, 'g'))].flatMap(
      ([, list]) => list.trim().split(/\s+/),
    );
  return { params: kinds('param'), results: kinds('result') };
}

const list = (what, kinds) => (kinds.length > 0 ? ` (${what} ${kinds.join(' ')})` : '');
const typed = ({ params, results }) => list('param', params) + list('result', results);

/** The functions of the second half: those that are later, and those that the first half does not come to without them. */
function laterFunctions(module, isLater) {
  const { functions, exports, laterExports, placed } = module;
  const cut = (id) => laterExports.has(id) || isLater(plain(id));
  // What stands in the table goes by what it calls: methods of closures are named by the trait, not by where they are from.
  const isClosureOfLater = (id) => called(functions.get(id), functions).some(cut);
  const roots = [...exports.flatMap(names), ...placed.filter((id) => !isClosureOfLater(id))];
  const kept = new Set();
  const waiting = roots.filter((id) => functions.has(id) && !cut(id));
  for (let id = waiting.pop(); id; id = waiting.pop()) {
    if (kept.has(id)) continue;
    kept.add(id);
    waiting.push(...called(functions.get(id), functions).filter((each) => !cut(each)));
  }
  return new Set([...functions.keys()].filter((id) => !kept.has(id)));
}

/** The functions of a set that a function calls. */
function called(form, functions) {
  const calls = form.matchAll(
    new RegExp(String.raw`\((?:return_)?(?:call|ref\.func) (${NAME})`, 'g'),
  );
  return [...new Set([...calls].map(([, id]) => id))].filter((id) => functions.has(id));
}

/** The places in the table that the second half fills: those it had, and one more for each function that is called from the first. */
function slotsOf({ functions, laterExports, placed, start }, later) {
  const slots = new Map();
  const entry = new Set(laterExports);
  for (const [id, form] of functions) {
    if (later.has(id)) continue;
    for (const each of called(form, functions)) if (later.has(each)) entry.add(each);
  }
  for (const id of entry) slots.set(id, start + placed.length + slots.size);
  return slots;
}

/** What the first half lends to the second, under short names: they travel too. */
class Lent {
  #names = new Map();

  /** The import in the second half of what the first half has. */
  import(kind, id, type) {
    // A memory, a table and a function may have the same name.
    const lent = `(${kind} ${id}`;
    if (!this.#names.has(lent)) this.#names.set(lent, this.#names.size.toString(36));
    return ` (import "first" "${this.#names.get(lent)}" ${lent}${type}))`;
  }

  exports() {
    return [...this.#names].map(([lent, as]) => ` (export "${as}" ${lent}))`);
  }
}

/** What a form says of the thing that it defines, behind its name. */
const behindName = (form, id) => form.slice(form.indexOf(id) + id.length, form.lastIndexOf(')'));

/** The imports that the functions of the second half need, beside memory and table. */
function importsFor(module, later, lent) {
  const own = [...later].map((id) => module.functions.get(id));
  const used = new Set(own.flatMap(names));
  const needed = (things) => [...things].filter(([id]) => used.has(id) && !later.has(id));
  const others = needed(module.tables).filter(([id]) => id !== module.table);
  return [
    ...needed(module.imported).map(([id, kinds]) => lent.import('func', id, typed(kinds))),
    // Its value stays with the first half.
    ...needed(module.globals).map(([id, form]) =>
      lent.import('global', id, behindName(form, id).replace(/ \(i32\.const .*/, '')),
    ),
    ...others.map(([id, form]) => lent.import('table', id, behindName(form, id))),
    ...needed(module.functions).map(([id, form]) =>
      lent.import('func', id, typed(signature(form))),
    ),
  ];
}

/** What fills the table, by half: each function with its place. */
function placesOf({ placed, start }, later, slots) {
  const all = placed.map((id, at) => [id, start + at]);
  return {
    first: all.filter(([id]) => !later.has(id)),
    second: [...all.filter(([id]) => later.has(id)), ...slots],
  };
}

/** The type of the table, with a place for each function that the first half calls in the second. */
function tableType({ placed, start }, slots) {
  const size = start + placed.length + slots.size;
  return ` ${size} ${size} funcref`;
}

function secondHalf(module, later, slots, lent) {
  const { types, functions, memory, table } = module;
  return wrap([
    ...types,
    lent.import('memory', name(memory), behindName(memory, name(memory))),
    lent.import('table', table, tableType(module, slots)),
    ...importsFor(module, later, lent),
    ...placesOf(module, later, slots).second.map((place) => elem(table, place)),
    ...[...later].map((id) => functions.get(id)),
  ]);
}

function firstHalf(module, later, slots, lent) {
  const { types, imports, functions, memory, data, table, exports } = module;
  const others = [...module.tables].filter(([id]) => id !== table);
  return wrap([
    ...types,
    ...imports,
    ...module.globals.values(),
    memory,
    ...data,
    ` (table ${table}${tableType(module, slots)})`,
    ...others.map(([, form]) => form),
    ...placesOf(module, later, slots).first.map((place) => elem(table, place)),
    ...exports,
    ...lent.exports(),
    ...[...slots].map(([id, slot]) => through(module, id, slot)),
    ...[...functions].filter(([id]) => !later.has(id)).map(([, form]) => form),
  ]);
}

/** A function that calls the one of the second half. */
function through({ functions, table }, id, slot) {
  const kinds = signature(functions.get(id));
  const given = kinds.params.map((_, at) => `(local.get ${at})`);
  const call = `(call_indirect ${table}${typed(kinds)} ${given.join(' ')} (i32.const ${slot}))`;
  return ` (func ${id}${typed(kinds)} ${call})`;
}

const elem = (table, [id, at]) => ` (elem (table ${table}) (i32.const ${at}) func ${id})`;
const wrap = (forms) => `(module\n${forms.join('\n')}\n)\n`;
