// How a catalog's rows fit, against the plan of each model alone.
import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import type { FitClass } from '../../ts/catalog/catalog-query.ts';
import type { CatalogRow } from '../../ts/catalog/catalog-row.ts';
import { modelRow } from '../../ts/catalog/model-row.ts';
import { callRepository } from '../../ts/core/call-repository.ts';
import type { Geometry } from '../../ts/generated/readers.d.ts';
import {
  buildCatalog,
  findHardware,
  fitBudget,
  type HFModel,
  openCatalog,
  planModel,
  type SyncCatalog,
} from '../../ts/node.ts';

/** Configs in tests/vectors/geometry, with the parameters that the Hub counts and bits of a weight. */
const MODELS: readonly [name: string, parameters: number, bits: number][] = [
  ['llama-3.2-1b', 1_235_814_400, 8.5],
  ['llama-3.1-8b', 8_030_261_248, 4.85],
  ['qwen3-4b', 4_022_468_096, 6.56],
  ['qwen2.5-72b', 72_706_203_648, 3.9],
  ['gemma-2-9b', 9_241_705_984, 4.85],
  ['gemma-3-4b', 4_300_079_472, 4.85],
  ['gpt-oss-20b', 20_914_757_184, 4.6],
  ['mixtral-8x7b', 46_702_792_704, 4.85],
  ['deepseek-v2-lite', 15_706_484_224, 4.85],
  ['deepseek-v3', 671_026_419_200, 4.85],
  ['qwen3-vl-30b-a3b', 31_070_754_032, 3.9],
  ['qwen3-235b-a22b', 235_093_634_560, 4.85],
  ['falcon-mamba-7b', 7_272_665_088, 4.85],
  ['falcon-7b', 7_217_189_760, 4.85],
  ['command-r-35b', 34_980_831_232, 4.85],
  ['phi-3-mini-4k', 3_821_079_552, 4.85],
];

const MACHINES = [
  'RTX 4090 + 64 GB RAM',
  'RTX 3060 + 16 GB RAM',
  '2x RTX 3090 + 64 GB RAM',
  'H100 + 512 GB RAM',
  '16 GB RAM',
  '64 GB RAM',
  'M2 Max 64 GB',
  'M1 8 GB',
] as const;

const CONTEXTS = [4096, 8192, 16_384, 32_768];

interface Model {
  model: HFModel;
  geometry: Geometry;
  plan: Parameters<typeof planModel>[0];
}

function modelOf([name, parameters, bits]: (typeof MODELS)[number]): Model {
  const config = new URL(`../vectors/geometry/${name}.config.json`, import.meta.url);
  const geometry = callRepository((core) => core.geometry_of_config(readFileSync(config)));
  const size = Math.round((parameters * bits) / 8);
  const path = `${name}-Q4_K_M.gguf`;
  const model = {
    id: `tests/${name}`,
    tags: ['gguf'],
    gguf: { total: parameters, architecture: geometry.architecture },
    siblings: [{ rfilename: path, size }],
  } as unknown as HFModel;
  const variant = {
    ...{ format: 'gguf', quantization: 'Q4_K_M', primaryFile: path, sizeBytes: size },
    ...{ files: [{ path, size }], copyOf: null, complete: true },
  };
  const metadata = { parameterCount: parameters };
  return { model, geometry, plan: { geometry, variants: [variant], metadata } as never };
}

const models = MODELS.map(modelOf);

async function catalogOf(rows: readonly CatalogRow[]): Promise<SyncCatalog> {
  const files = await buildCatalog(rows.map((row) => ({ row })));
  return openCatalog(files, { thread: 'same', whole: true });
}

/** What each model is in a catalog, and by its own plan. */
function compare(
  catalog: SyncCatalog,
  machine: string,
  context: number,
): { id: string; need: number; row: FitClass; plan: FitClass }[] {
  const hardware = findHardware(machine);
  const fit = fitBudget(hardware, { context });
  const { rows } = catalog.query({ fit, page: { limit: 1000 } });
  return models.map(({ model, plan }) => {
    const row = rows.find(({ id }) => id === model.id);
    const planned = planModel(plan, { hardware, contextLength: context, parallel: 1 });
    return { id: model.id, need: row?.need ?? 0, row: row?.fit ?? 'unknown', plan: planned.fit };
  });
}

const cases = MACHINES.flatMap((machine) => CONTEXTS.map((context) => [machine, context] as const));

describe('rows with a geometry', () => {
  let catalog: SyncCatalog;
  let rows: Map<string, CatalogRow>;
  beforeAll(async () => {
    const made = models.map(({ model, geometry }) => modelRow(model, geometry));
    rows = new Map(made.map((row) => [row.id, row]));
    catalog = await catalogOf(made);
  });

  test.each(cases)(
    '%s, %i tokens: as planned, but within a hundredth of the budget',
    (machine, context) => {
      const { gpu, ram = 0 } = fitBudget(machine, { context });
      const away = compare(catalog, machine, context).filter(({ id, row, plan }) => {
        if (row === plan) return false;
        const { fixedMemory = 0, tokenMemory = 0, hostMemory = 0 } = rows.get(id) ?? {};
        const device = fixedMemory + tokenMemory * context;
        const near = (need: number, budget: number): boolean =>
          Math.abs(need - budget) <= budget / 100;
        return !(
          near(device, gpu) ||
          near(hostMemory, ram) ||
          near(device + hostMemory, gpu + ram)
        );
      });
      expect(away).toEqual([]);
    },
  );
});

describe('rows without a geometry', () => {
  let catalog: SyncCatalog;
  beforeAll(async () => {
    catalog = await catalogOf(models.map(({ model }) => modelRow(model)));
  });

  test.each(cases)('%s, %i tokens: never full where the plan is not', (machine, context) => {
    const compared = compare(catalog, machine, context);
    const wrong = compared.filter(({ row, plan }) => row === 'full' && plan !== 'full');
    expect(wrong).toEqual([]);
  });

  test('some are full', () => {
    const compared = compare(catalog, 'RTX 4090 + 64 GB RAM', 4096);
    expect(compared.some(({ row }) => row === 'full')).toBe(true);
  });
});
