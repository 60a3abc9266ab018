// Ten thousand models on ten targets, one thread: `npx tsx benches/assess.ts` (after `npm run build`).
import { readFileSync } from 'node:fs';
import { assessModels, type HFModel } from '../dist/index.js';

const sample: HFModel[] = JSON.parse(readFileSync('dist/sample.json', 'utf8'));
const models = Array.from({ length: 10_000 }, (_, at) => ({
  ...sample[at % sample.length],
  id: `org/model-${at}`,
}));
const runtimes = [
  ...['vllm@0.33.0', 'sglang@0.5.23', 'llama.cpp@v0.5.0', 'ollama', 'transformers@5.23.0'],
  ...['transformers.js@4.3.1', 'mlx-lm@0.32.2', 'candle@0.11.1', 'exllamav3', 'tgi'],
];
const targets = runtimes.map((runtime) => ({ runtime, hardware: 'RTX 4090' }));

assessModels({ models: models.slice(0, 100), targets });
const times = Array.from({ length: 7 }, () => {
  const [start, cpu] = [performance.now(), process.cpuUsage()];
  const rows = assessModels({ models, targets });
  const { user, system } = process.cpuUsage(cpu);
  return { rows: rows.length, wall: performance.now() - start, cpu: (user + system) / 1000 };
});
const median = (pick: 'wall' | 'cpu'): string =>
  `${Math.round(times.map((time) => time[pick]).sort((one, other) => one - other)[3] ?? 0)} ms`;
process.stdout.write(`| models | targets | wall | CPU |\n|--:|--:|--:|--:|\n`);
process.stdout.write(`| 10,000 | 10 | ${median('wall')} | ${median('cpu')} |\n`);
