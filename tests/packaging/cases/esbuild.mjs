// esbuild with nothing but `bundle`: no loader, no plugin, no file to copy.
import assert from 'node:assert/strict';
import { renameSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { expectedCounts } from '../lib/expected.mjs';
import { filesOf } from '../lib/package.mjs';
import { inChromium, shows } from '../lib/pages.mjs';
import { makeProject, temporaryFolder } from '../lib/project.mjs';
import { serveFolder } from '../lib/static-server.mjs';

const PAGE = `<!doctype html><meta charset="utf-8"><link rel="icon" href="data:,">
<body><script src="page.js"></script></body>`;

export default { 'esbuild-node': program, 'esbuild-browser': page };

async function program(context) {
  const { project, said } = await start(context);
  // Moved away from node_modules: a bundle that still needs the package fails.
  const alone = temporaryFolder();
  for (const [format, name] of Object.entries({ cjs: 'program.cjs', esm: 'program.mjs' })) {
    await bundle(project, 'program.js', { platform: 'node', format });
    renameSync(join(project.folder, 'dist/program.js'), join(alone, name));
    assert.equal((await project.node([join(alone, name)], { cwd: alone })).trim(), said, format);
  }
  assert.deepEqual(filesOf(alone), ['program.cjs', 'program.mjs']);
}

async function page(context) {
  const { project, said } = await start(context, { 'dist/index.html': PAGE });
  await bundle(project, 'page.js');
  assert.deepEqual(filesOf(join(project.folder, 'dist')), ['index.html', 'page.js']);
  const site = await serveFolder(join(project.folder, 'dist'));
  try {
    await inChromium(`${site.url}/`, (opened) => shows(opened, 'output', said));
  } finally {
    await site.stop();
  }
}

/** A project, and what each bundle of it must say. */
async function start({ tarball, hub }, files = {}) {
  const { url } = await hub();
  const project = await makeProject(tarball, { from: 'tests/packaging/projects/esbuild', files });
  const { compatible, total } = await expectedCounts(project, url);
  return { project, said: `${compatible} of ${total}, invalid_model` };
}

async function bundle({ folder }, entry, options = {}) {
  const { warnings } = await build({
    absWorkingDir: folder,
    entryPoints: [entry],
    outdir: 'dist',
    bundle: true,
    logLevel: 'silent',
    ...options,
  });
  assert.deepEqual(warnings, [], `warnings for ${entry}`);
}
