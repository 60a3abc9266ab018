// Builds, prints the compatible models of the sample, and serves the gallery.
import { build } from './build.mjs';
import { buildGallery } from './gallery.mjs';
import { main, run } from './lib/run.mjs';

/** `PORT` names another one. */
const FIRST_PORT = Number(process.env.PORT ?? 4173);

async function start() {
  await build();
  const hubfit = (...args) => run(process.execPath, ['dist/cli.js', ...args], { show: true });
  await hubfit('list', '--sample');
  process.stdout.write('\n');
  await hubfit('list', '--sample', '--summary');
  process.stdout.write('\n');
  const { url } = await serve(await buildGallery(), FIRST_PORT);
  process.stdout.write(`\nThe gallery is at ${url} (Ctrl-C ends it)\n`);
}

/** Serves on the first free port. */
async function serve(folder, port) {
  // Only now: on a bare clone its libraries come with the build.
  const { serveSite } = await import('./lib/serve-site.mjs');
  try {
    return await serveSite(folder, port);
  } catch (error) {
    if (error.code !== 'EADDRINUSE' || port >= FIRST_PORT + 20) throw error;
    return serve(folder, port + 1);
  }
}

await main(start);
