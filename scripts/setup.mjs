// Everything the build needs, from a bare clone: safe to run again, seconds when nothing changed.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ask, main, root, run, Stop, step } from './lib/run.mjs';
import { once } from './lib/stamp.mjs';

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
  const [major] = process.versions.node.split('.').map(Number);
  if (major < 20)
    throw new Stop(
      `Node 20 or newer is needed, this is ${process.versions.node}: https://nodejs.org`,
    );
  if ((await ask('cargo', ['--version'])) === undefined) {
    throw new Stop('cargo is missing: install Rust with rustup, https://rustup.rs');
  }
}

/** Not `npm ci`: it refuses a lock without the platform packages that some registries do not serve. */
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
    throw new Stop(
      'the Rust target wasm32-unknown-unknown is missing: install Rust with rustup, https://rustup.rs',
    );
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

if (import.meta.url === `file://${process.argv[1]}`) await main(setup);
