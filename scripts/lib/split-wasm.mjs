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
  const lent = new Lent(module);
  const slots = slotsOf(module, later);
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
  #module;
  exports = new Map();

  constructor(module) {
    this.#module = module;
  }

  /** The import in the second half of what the first half has. */
  import(kind, id, type) {
    // A memory, a table and a function may have the same name.
    const lent = `(${kind} ${id}`;
    if (!this.exports.has(lent)) this.exports.set(lent, this.exports.size.toString(36));
    return ` (import "first" "${this.exports.get(lent)}" ${lent}${type}))`;
  }

  forms() {
    return [...this.exports].map(([lent, as]) => ` (export "${as}" ${lent}))`);
  }

  /** The imports that these functions need. */
  needed(forms) {
    const used = new Set(forms.flatMap(names));
    const { functions, imported, globals, tables, table } = this.#module;
    const type = (form, id) => form.slice(form.indexOf(id) + id.length, form.lastIndexOf(')'));
    const out = [];
    for (const [id, kinds] of imported)
      if (used.has(id)) out.push(this.import('func', id, typed(kinds)));
    for (const [id, form] of globals) {
      // Its value stays with the first half.
      if (used.has(id))
        out.push(this.import('global', id, type(form, id).replace(/ \(i32\.const .*/, '')));
    }
    for (const [id, form] of tables) {
      if (used.has(id) && id !== table) out.push(this.import('table', id, type(form, id)));
    }
    for (const [id, form] of functions) {
      if (used.has(id)) out.push(this.import('func', id, typed(signature(form))));
    }
    return out;
  }
}

/** The type of the table with so many places more. */
const tableType = (count) => ` ${count} ${count} funcref`;

function secondHalf(module, later, slots, lent) {
  const own = [...later].map((id) => module.functions.get(id));
  const outside = new Map([...module.functions].filter(([id]) => !later.has(id)));
  const needs = new Lent({ ...module, functions: outside });
  needs.exports = lent.exports;
  const size = module.start + module.placed.length + slots.size;
  const places = [
    ...module.placed.map((id, at) => [id, module.start + at]).filter(([id]) => later.has(id)),
    ...slots,
  ];
  return wrap([
    ...module.types,
    lent.import('memory', name(module.memory), module.memory.replace(/^[^$]*\$\S+|\)\s*$/g, '')),
    lent.import('table', module.table, tableType(size)),
    ...needs.needed(own),
    ...places.map(([id, at]) => elem(module.table, at, [id])),
    ...own,
  ]);
}

function firstHalf(module, later, slots, lent) {
  const size = module.start + module.placed.length + slots.size;
  const places = module.placed.map((id, at) => [id, module.start + at]);
  const tables = [...module.tables].map(([id, form]) =>
    id === module.table ? ` (table ${id}${tableType(size)})` : form,
  );
  return wrap([
    ...module.types,
    ...module.imports,
    ...module.globals.values(),
    module.memory,
    ...module.data,
    ...tables,
    ...places.filter(([id]) => !later.has(id)).map(([id, at]) => elem(module.table, at, [id])),
    ...module.exports,
    ...lent.forms(),
    ...[...slots].map(([id, slot]) => through(module, id, slot)),
    ...[...module.functions].filter(([id]) => !later.has(id)).map(([, form]) => form),
  ]);
}

/** A function that calls the one of the second half. */
function through({ functions, table }, id, slot) {
  const kinds = signature(functions.get(id));
  const given = kinds.params.map((_, at) => `(local.get ${at})`);
  const call = `(call_indirect ${table}${typed(kinds)} ${given.join(' ')} (i32.const ${slot}))`;
  return ` (func ${id}${typed(kinds)} ${call})`;
}

const elem = (table, at, ids) => ` (elem (table ${table}) (i32.const ${at}) func ${ids.join(' ')})`;
const wrap = (forms) => `(module\n${forms.join('\n')}\n)\n`;
