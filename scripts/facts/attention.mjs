// Transformers: which models leave attention to whoever serves them. vLLM's and SGLang's generic backends ask for it.
import { compareVersions } from './versions.mjs';

const CLASS = /^class (\w+)(?:\(([^)]*)\))?:/gm;
const DECLARED = /^ {4}_supports_attention_backend(?:: bool)? = (True|False)\b/m;
const DEPTH = 8;

/** The text that `_can_set_attn_implementation` of modeling_utils.py looks for in a module, and since when. */
const LAYER = /^class \w*Attention\w*\(nn\.Module\):/m;
const INTERFACE = 'ALL_ATTENTION_FUNCTIONS.get_interface(';
const LOOKED_FOR = '5.13.0';

/**
 * Of each `model_type` how its classes say so: `declared` (`_supports_attention_backend`), or only `settable` (found
 * in the module's text). With a class where not all of the type's classes say the same.
 */
export function attentionBackend(architectures, modules, version) {
  const classes = modelClasses(modules);
  const looks = compareVersions(version, LOOKED_FOR) >= 0;
  const wayOf = (name) => {
    if (declares(name, classes)) return 'declared';
    return looks && classes.get(name)?.isSettable ? 'settable' : undefined;
  };
  const types = new Map();
  for (const [name, type] of architectures) {
    if (!types.has(type)) types.set(type, new Map());
    types.get(type).set(name, wayOf(name));
  }
  return [...types].flatMap(([type, ways]) => rowsOf(type, ways));
}

function rowsOf(type, ways) {
  const [way, ...others] = new Set(ways.values());
  const rows = others.length > 0 ? [...ways] : [['-', way]];
  return rows.flatMap(([name, how]) => (how ? [[type, name, how]] : []));
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
