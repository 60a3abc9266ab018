// Every twentieth request goes wrong, each time in another way: the result is the same, and costs little more.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type CompletedModel, completeModels, listHuggingFaceModels } from '../../ts/index.ts';
import { crowd } from '../hub/crowd.ts';
import { type Fault, type FaultName, type LocalHub, startHub } from '../hub/hub.ts';
import { simulatedClock } from '../hub/simulated-clock.ts';

const MODELS = 2000;
const COMPLETED = 250;

const FAULTS: (Fault | FaultName)[] = [
  'rate-limit-json',
  'connection-cut',
  'gateway-timeout',
  'body-cut',
  { route: 'list', truncate: 0.5 },
  { route: 'model', truncate: 0.5 },
  { route: 'model', short: true },
  'server-error',
  'empty-body',
  'rate-limit-html',
  'expired',
  { route: 'cdn', ranges: false },
  { delayMs: 20 },
  { status: 502, body: 'bad gateway' },
  { status: 408, body: '' },
  { route: 'model', status: 200, body: '<html>maintenance</html>' },
];

let hub: LocalHub;
beforeAll(async () => {
  hub = await startHub(crowd(MODELS));
});
afterAll(() => hub.stop());

interface Run {
  found: CompletedModel[];
  requests: number;
}

async function run(): Promise<Run> {
  let requests = 0;
  const options = {
    hubUrl: hub.url,
    clock: simulatedClock(),
    timeout: 3000,
    onTraffic: (traffic: { requests: number }): void => {
      requests += traffic.requests;
    },
  };
  const models = await listHuggingFaceModels({ ...options, limit: MODELS, sort: 'createdAt' });
  const some = await completeModels(models.slice(0, COMPLETED), options);
  const rest = models.slice(COMPLETED).map((model) => ({ model, geometry: null, missing: [] }));
  return { found: [...some, ...rest], requests };
}

test('two thousand models, 5 % of faults', async () => {
  const calm = await run();
  hub.requests.length = 0;
  hub.faults.every(20, FAULTS);
  const rough = await run();
  const spoilt = hub.requests.filter(({ status }) => status === 0 || status >= 402).length;
  expect(spoilt).toBeGreaterThan(15);
  const differ = rough.found.filter(
    (model, n) => JSON.stringify(model) !== JSON.stringify(calm.found[n]),
  );
  expect(differ).toEqual([]);
  expect(rough.found).toHaveLength(MODELS);
  expect(rough.requests / calm.requests).toBeLessThan(1.3);
  console.log(`${calm.requests} requests without faults, ${rough.requests} with`);
}, 300_000);
