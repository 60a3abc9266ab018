// The same questions for all.

import { type FacetField, type NumberField, namesOf, numberOf, type Question } from './engine.ts';
import { Random } from './random.ts';
import { makeRows, type RowsWanted } from './rows.ts';

/** Names and quantiles that questions ask for, from the first rows. */
const SAMPLE = 4000;

/** Kinds of questions in the table's order, with what the engine is to hold there at a million rows, in milliseconds. */
export const KINDS: readonly { kind: string; title: string; aim: number | null }[] = [
  { kind: 'none', title: 'no filter', aim: 8 },
  { kind: 'one', title: 'one filter', aim: 8 },
  { kind: 'three', title: 'three filters', aim: 8 },
  { kind: 'half', title: '50 % pass', aim: 8 },
  { kind: 'most', title: '90 % pass', aim: 8 },
  { kind: 'budget', title: 'slider: memory', aim: 2 },
  { kind: 'range', title: 'slider: parameters', aim: 2 },
  { kind: 'sort', title: 'other order', aim: 8 },
  { kind: 'substring', title: 'substring', aim: 25 },
  { kind: 'typo', title: 'prefix with a typo', aim: 30 },
];

/** All questions, in the order in which they are asked: mixed ones first, no two alike in a row. */
export function makeQuestions(wanted: RowsWanted): Question[] {
  const sample = [...makeRows({ ...wanted, most: SAMPLE })];
  const names = (field: FacetField): string[] =>
    frequent(sample.flatMap((row) => namesOf(row, field)));
  const quantile = (field: NumberField, share: number): number => {
    const known = sample.flatMap((row) => numberOf(row, field) ?? []).sort((a, b) => a - b);
    return known[Math.floor(share * (known.length - 1))] ?? 0;
  };
  const given = { names, quantile };
  return [...mixed(given), ...sliders(given), ...orders(given), ...texts()];
}

interface Given {
  names: (field: FacetField) => string[];
  quantile: (field: NumberField, share: number) => number;
}

function frequent(names: readonly string[]): string[] {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts].sort(([, one], [, other]) => other - one).map(([name]) => name);
}

const EACH = 12;

function mixed({ names, quantile }: Given): Question[] {
  const [task, library, license, family, formats, languages] = (
    ['task', 'library', 'license', 'family', 'formats', 'languages'] as const
  ).map(names) as [string[], string[], string[], string[], string[], string[]];
  const pick = (list: readonly string[], at: number): string =>
    list[at % Math.min(9, list.length)] ?? '';
  const ones = [
    (at: number) => ({ task: [pick(task, at)] }),
    (at: number) => ({ library: [pick(library, at), pick(library, at + 3)] }),
    (at: number) => ({ license: license.slice(at % 5, (at % 5) + 3) }),
    (at: number) => ({ languages: [pick(languages, at)] }),
  ];
  const questions: Question[] = [];
  for (let at = 0; at < EACH; at += 1) {
    const [low, high] = [quantile('parameters', 0.02 + at / 400), quantile('parameters', 0.97)];
    const three = { task: [pick(task, at)], license: license.slice(0, 3 + (at % 3)) };
    const third: Partial<Question> =
      at % 2
        ? { between: { parameters: [low, high] } }
        : { any: { ...three, formats: [pick(formats, at % 3)] } };
    questions.push(
      { kind: 'none' },
      { kind: 'one', any: ones[at % ones.length]?.(at) ?? {} },
      { kind: 'half', between: { updated: [quantile('updated', 0.48 + at / 300), 4e9] } },
      { kind: 'three', any: three, ...third },
      {
        kind: 'most',
        any: { formats: formats.slice(0, 3 + (at % 2)) },
        between: { downloads: [at % 3, 1e9] },
      },
      { kind: 'one', any: { family: [pick(family, at)] } },
    );
  }
  return questions;
}

/** One end moves; the other filters stay, as when somebody drags. */
function sliders({ names, quantile }: Given): Question[] {
  const task = names('task').slice(0, 2);
  const random = new Random(3);
  const questions: Question[] = [];
  for (let at = 0; at < 50; at += 1) {
    const bytes = (8 + at * 0.25 + random.next() / 8) * 2 ** 30;
    questions.push({ kind: 'budget', between: { need: [0, Math.round(bytes)] } });
  }
  for (let at = 0; at < 50; at += 1) {
    const most = quantile('parameters', 0.5) * (1 + at * 0.04);
    questions.push({
      kind: 'range',
      any: { task },
      between: { parameters: [0, Math.round(most)] },
    });
  }
  return questions;
}

function orders({ names }: Given): Question[] {
  const any = { task: names('task').slice(0, 3) };
  const sorts = ['likes', 'updated', 'downloads'] as const;
  return Array.from({ length: 12 }, (_, at) => ({
    kind: 'sort',
    any,
    sort: sorts[at % 3] ?? 'likes',
  }));
}

const SUBSTRINGS =
  'llama qwen mistral gguf instr bert 70b-inst eepse hisper lora stable vision math coder distil embed flux gpt phi gemma merge quant -7b- v0.3'.split(
    ' ',
  );
/** The first stands in no name: it needs all that typos need. */
const TYPOS =
  'mistrl lamma qwne instrcut deepsek gema wisper stabel embeding distlled visoin codr mixtarl falcn finetund roleply quantzed lorra'.split(
    ' ',
  );

function texts(): Question[] {
  return [
    ...SUBSTRINGS.map((text) => ({ kind: 'substring', text, sort: 'downloads' as const })),
    ...TYPOS.map((text) => ({ kind: 'typo', text, sort: 'downloads' as const })),
  ];
}
