// Takes the few files that are read out of an artefact; the rest is not even decompressed.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { unzipSync } from 'fflate';
import * as tar from 'tar';
import { run, Stop } from '../lib/run.mjs';
import { matcher } from './glob.mjs';

/** A list of names is never larger; what is, is not one. */
const MAX_FILE_BYTES = 8 << 20;
/** llama.cpp's source as a git bundle, inside npm's node-llama-cpp. */
const BUNDLE = 'llama/gitRelease.bundle';

/** The matching files of an artefact, as a map from path to text, and the date it tells of itself. */
export async function unpack(artefact, patterns) {
  const wanted = matcher(patterns);
  if (artefact.endsWith('.whl')) return unpackWheel(artefact, wanted);
  const files = await unpackTar(artefact, (path) => path === BUNDLE || wanted(path));
  const bundle = files.get(BUNDLE);
  files.delete(BUNDLE);
  const text = new Map([...files].map(([path, bytes]) => [path, decode(bytes)]));
  return bundle ? withBundle(text, bundle, wanted) : { files: text };
}

/** UTF-8, with or without the byte-order mark that some projects' files start with. */
const decode = (bytes) => new TextDecoder('utf-8').decode(bytes);

function unpackWheel(artefact, wanted) {
  const bytes = readFileSync(artefact);
  const filter = ({ name, originalSize }) => wanted(name) && originalSize <= MAX_FILE_BYTES;
  const found = Object.entries(unzipSync(bytes, { filter }));
  return {
    files: new Map(found.map(([path, data]) => [path, decode(data)])),
    date: zipDate(bytes),
  };
}

/** When the wheel was built: the time of its METADATA in the zip directory, unless it is a placeholder. */
function zipDate(bytes) {
  const name = bytes.lastIndexOf('.dist-info/METADATA');
  const entry = bytes.lastIndexOf(Buffer.from('PK\x01\x02'), name);
  if (name < 0 || entry < 0) return undefined;
  const date = bytes.readUInt16LE(entry + 14);
  const [year, month, day] = [1980 + (date >> 9), (date >> 5) & 15, date & 31];
  if (year < 2021) return undefined;
  return [year, month, day].map((part) => String(part).padStart(2, '0')).join('-');
}

/** npm tarballs and crates have one folder on top, which is taken off. */
async function unpackTar(artefact, wanted) {
  const files = new Map();
  const inner = (path) => path.slice(path.indexOf('/') + 1);
  await tar.list({
    file: artefact,
    filter: (path) => wanted(inner(path)),
    onReadEntry: (entry) => {
      const chunks = [];
      entry.on('data', (chunk) => chunks.push(chunk));
      entry.on('end', () => files.set(inner(entry.path), Buffer.concat(chunks)));
    },
  });
  return files;
}

/** The files of the one commit in a bundle join those of the package around it. */
async function withBundle(files, bundle, wanted) {
  const folder = mkdtempSync(join(tmpdir(), 'facts-bundle-'));
  try {
    writeFileSync(join(folder, 'bundle'), bundle);
    return await readBundle(files, folder, wanted);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function readBundle(files, folder, wanted) {
  const git = (...args) => run('git', args, { cwd: folder });
  await git('init', '--quiet', '--bare', '.');
  const commit = /^[0-9a-f]{40}/m.exec(await git('bundle', 'unbundle', 'bundle'))?.[0];
  if (!commit) throw new Stop(`${BUNDLE}: expected a commit in the bundle, found none`);
  const paths = (await git('ls-tree', '-r', '--name-only', commit)).split('\n').filter(wanted);
  await git(
    'archive',
    '--format=tar',
    '--prefix=top/',
    '--output=files.tar',
    commit,
    '--',
    ...paths,
  );
  const found = await unpackTar(join(folder, 'files.tar'), () => true);
  for (const [path, bytes] of found) files.set(path, decode(bytes));
  const date = (await git('log', '-1', '--format=%cI', commit)).slice(0, 10);
  return { files, date };
}
