// Everything the build needs, from a bare clone: safe to run again, seconds when nothing changed.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ask, isMain, main, root, run, Stop, step } from './lib/run.mjs';
import { once } from './lib/stamp.mjs';

const RUSTUP = 'install Rust with rustup, https://rustup.rs';

/** The wasm-bindgen version in Cargo.lock: crate and CLI must be the same. */
export function wasmBindgenVersion() {
  const lock = readFileSync(join(root, 'Cargo.lock'), 'utf8');
  const version = /name = "wasm-bindgen"\nversion = "([^"]+)"/.exec(lock)?.[1];
  if (!version) throw new Stop('Cargo.lock: no wasm-bindgen in it');
  return version;
}

/** Where the CLI of that version is. */
export function wasmBindgenBin(name = 'wasm-bindgen') {
  return join(root, '.tools', `wasm-bindgen-${wasmBindgenVersion()}`, 'bin', name);
}

/** Prerequisites, npm packages, the wasm target, the wasm-bindgen CLI. */
export async function setup() {
  await prerequisites();
  await npmPackages();
  await wasmTarget();
  if (!existsSync(wasmBindgenBin())) await wasmBindgen();
}

async function prerequisites() {
  checkNode();
  if ((await ask('cargo', ['--version'])) === undefined) {
    throw new Stop(`cargo is missing: ${RUSTUP}`);
  }
  await checkRustc();
  if ((await ask('cc', ['--version'])) === undefined) {
    throw new Stop('a C linker (cc) is missing; on Debian: apt-get install gcc libc6-dev');
  }
  await lintTools();
}

/** What Vite and rolldown ask for; the package itself runs on any Node 20. */
function checkNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > 22 || (major === 22 && minor >= 12) || (major === 20 && minor >= 19)) return;
  throw new Stop(
    `Node 20.19, or 22.12 and newer, is needed to build, this is ${process.versions.node}: https://nodejs.org`,
  );
}

async function checkRustc() {
  const manifest = readFileSync(join(root, 'Cargo.toml'), 'utf8');
  const wanted = /^rust-version = "([^"]+)"/m.exec(manifest)?.[1] ?? '';
  const said = (await ask('rustc', ['--version'])) ?? '';
  const found = /^rustc ([\d.]+)/.exec(said)?.[1];
  if (found === undefined) throw new Stop(`rustc is missing: ${RUSTUP}`);
  if (found.localeCompare(wanted, 'en', { numeric: true }) >= 0) return;
  throw new Stop(`rustc ${wanted} or newer is needed, this is ${found}: rustup update stable`);
}

/** clippy and rustfmt, which the tests ask; the build does without them. */
async function lintTools() {
  const asked = ['clippy', 'fmt'].map((name) => ask('cargo', [name, '--version']));
  if (!(await Promise.all(asked)).includes(undefined)) return;
  if ((await ask('rustup', ['--version'])) === undefined) {
    process.stderr.write(`! clippy or rustfmt is missing, its test will fail: ${RUSTUP}\n`);
    return;
  }
  await step('adding clippy and rustfmt', () =>
    run('rustup', ['component', 'add', 'clippy', 'rustfmt']),
  );
}

/** Not `npm ci`: it refuses a lock file in which optional packages of some platform are missing. */
async function npmPackages() {
  const made = { inputs: ['package.json', 'package-lock.json'], outputs: ['node_modules/tsdown'] };
  await once('npm', made, () =>
    step('installing npm packages', () =>
      run('npm', ['install', '--no-save', '--no-audit', '--no-fund']),
    ),
  );
}

async function wasmTarget() {
  const sysroot = await ask('rustc', ['--print', 'sysroot']);
  if (existsSync(join(sysroot, 'lib/rustlib/wasm32-unknown-unknown'))) return;
  if ((await ask('rustup', ['--version'])) === undefined) {
    throw new Stop(`the Rust target wasm32-unknown-unknown is missing: ${RUSTUP}`);
  }
  await step('adding the Rust target wasm32-unknown-unknown', () =>
    run('rustup', ['target', 'add', 'wasm32-unknown-unknown']),
  );
}

async function wasmBindgen() {
  const version = wasmBindgenVersion();
  await step(`building the wasm-bindgen CLI ${version} (once, about 3 minutes)`, () =>
    // Not --locked: the lock file of that release names a crate version that was withdrawn.
    run('cargo', [
      'install',
      'wasm-bindgen-cli',
      '--version',
      version,
      '--root',
      `.tools/wasm-bindgen-${version}`,
    ]),
  );
}

if (isMain(import.meta.url)) await main(setup);
