// Proves the package on every host that it promises: packs it, installs the tarball in fresh projects, runs them.
//   node tests/packaging/run.mjs [--no-build] [CASE…]     CASE: `vite` runs vite-chromium and vite-firefox
import { readdirSync } from 'node:fs';
import { build } from '../../scripts/build.mjs';
import { main, Stop } from '../../scripts/lib/run.mjs';
import { startHub } from './lib/hub.mjs';
import { pack } from './lib/package.mjs';
import { temporaryFolder } from './lib/project.mjs';
import { Skip } from './lib/skip.mjs';

/** Longer than the slowest case on a cold machine, which installs Next.js first. */
const TIMEOUT = 900_000;

async function packaging() {
  const names = process.argv.slice(2).filter((name) => name !== '--no-build');
  const cases = chosen(await loadCases(), names);
  if (!process.argv.includes('--no-build')) await build();
  const context = { tarball: await pack(temporaryFolder()), hub: onceStarted(startHub) };
  const counts = { passed: 0, failed: 0, skipped: 0 };
  for (const [name, work] of cases) counts[await runCase(name, work, context)] += 1;
  await context.hub.stop();
  const { passed, failed, skipped } = counts;
  console.log(`packaging: ${passed} passed, ${failed} failed, ${skipped} skipped`);
  // A case that was given up may still hold sockets open.
  process.exit(failed > 0 ? 1 : 0);
}

/** The cases of all files, by name, in order. */
async function loadCases() {
  const cases = [];
  for (const file of readdirSync(new URL('./cases', import.meta.url)).sort()) {
    const { default: found } = await import(`./cases/${file}`);
    cases.push(...Object.entries(found));
  }
  return cases;
}

function chosen(cases, names) {
  const fits = (name, wanted) => name === wanted || name.startsWith(`${wanted}-`);
  const unknown = names.find((wanted) => !cases.some(([name]) => fits(name, wanted)));
  if (unknown) {
    throw new Stop(`no case ${unknown}; there are ${cases.map(([name]) => name).join(', ')}`);
  }
  return cases.filter(([name]) => names.length === 0 || names.some((wanted) => fits(name, wanted)));
}

async function runCase(name, work, context) {
  const start = performance.now();
  const took = () => `${((performance.now() - start) / 1000).toFixed(1)} s`;
  try {
    await inTime(work(context));
    console.log(`✓ ${name} ${took()}`);
    return 'passed';
  } catch (error) {
    if (error instanceof Skip && !process.env.CI) {
      console.log(`- ${name} skipped: ${error.message}`);
      return 'skipped';
    }
    // A command that failed says it all; an assertion needs its place.
    const said = error.code === 'ERR_ASSERTION' ? error.stack : error.message;
    console.log(`✗ ${name} ${took()}\n${said}`);
    return 'failed';
  }
}

function inTime(work) {
  const late = new Promise((_, reject) => {
    const give = () => reject(new Error(`no end after ${TIMEOUT / 1000} s`));
    setTimeout(give, TIMEOUT).unref();
  });
  return Promise.race([work, late]);
}

/** The Hub is started when the first case asks for it, and serves them all. */
function onceStarted(start) {
  let started;
  const hub = () => {
    started ??= start();
    return started;
  };
  hub.stop = async () => (await started?.catch(() => undefined))?.stop();
  return hub;
}

await main(packaging);
