// Transformers: which models leave attention to whoever serves them. vLLM's and SGLang's generic backends ask for it.

const CLASS = /^class (\w+)(?:\(([^)]*)\))?:/gm;
const DECLARED = /^ {4}_supports_attention_backend(?:: bool)? = (True|False)\b/m;
const DEPTH = 8;

/** The text that `_can_set_attn_implementation` of modeling_utils.py looks for in a module. */
const LAYER = /^class \w*Attention\w*\(nn\.Module\):/m;
const INTERFACE = 'ALL_ATTENTION_FUNCTIONS.get_interface(';

/** Each `model_type` whose classes say so (`_supports_attention_backend`); with a class where only some of them do. */
export const declaring = (architectures, modules) =>
  typesOf(architectures, modules, (name, classes) => declares(name, classes) === true);

/** Those that do not, and whose module still reads as if their attention could be set. */
export const settable = (architectures, modules) =>
  typesOf(
    architectures,
    modules,
    (name, classes) => !declares(name, classes) && classes.get(name)?.isSettable === true,
  );

function typesOf(architectures, modules, holds) {
  const classes = modelClasses(modules);
  const types = new Map();
  for (const [name, type] of architectures) {
    if (!types.has(type)) types.set(type, new Map());
    types.get(type).set(name, holds(name, classes));
  }
  return [...types].flatMap(([type, said]) => {
    const names = [...said.keys()].filter((name) => said.get(name));
    return names.length === said.size ? [[type, '-']] : names.map((name) => [type, name]);
  });
}

/** Classes of the modules by name. */
function modelClasses(modules) {
  return new Map(modules.flatMap(({ text }) => classesOf(text)).map((one) => [one.name, one]));
}

/** Its classes, each with its bases and what its body declares: true, false or nothing. */
function classesOf(text) {
  const isSettable = !LAYER.test(text) || text.includes(INTERFACE);
  const heads = [...text.matchAll(CLASS)];
  return heads.map(({ 1: name, 2: bases = '', index }, at) => {
    const said = DECLARED.exec(text.slice(index, heads[at + 1]?.index))?.[1];
    return {
      name,
      bases: bases.match(/\w+/g) ?? [],
      declares: said && said === 'True',
      isSettable,
    };
  });
}

/** What a class declares, or the first of its bases that says anything. */
function declares(name, classes, depth = 0) {
  const found = classes.get(name);
  if (!found || depth > DEPTH) return undefined;
  if (found.declares !== undefined) return found.declares;
  const inherited = found.bases.map((base) => declares(base, classes, depth + 1));
  return inherited.find((one) => one !== undefined);
}
