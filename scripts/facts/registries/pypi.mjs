// Python packages through pip. Wheels only: for a source package pip runs that package's own build code.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { ask, run, Stop } from '../../lib/run.mjs';

const GLIBC = '2_5 2_12 2_17 2_24 2_27 2_28 2_31 2_34 2_35 2_38 2_39'.split(' ');
const LINUX = ['linux', 'manylinux1', 'manylinux2010', 'manylinux2014'].concat(
  GLIBC.map((version) => `manylinux_${version}`),
);
/** Whatever this machine is, the same wheel is read: the lists are the same in all of them. */
const PLATFORMS = LINUX.map((system) => `${system}_x86_64`);
const MACOS = ['13', '14', '15', '26'].map((version) => `macosx_${version}_0_arm64`);
const TARGETS = [PLATFORMS, MACOS].flatMap((list) =>
  ['3.12', '3.11'].map((python) => [python, list]),
);

/** All versions published for one Python, whatever runs here; yanked ones and pre-releases are left out. */
export async function versions(name) {
  const said = await pip(['index', 'versions', name, '--python-version', TARGETS[0][0]]);
  const list = /^Available versions: (.+)$/m.exec(said)?.[1];
  if (!list) {
    throw new Stop(`pip index versions ${name}: expected "Available versions: …", found\n${said}`);
  }
  return list.split(', ');
}

/** Downloads the wheel of one version into a folder and returns its path. */
export async function fetch(name, version, folder) {
  let failure;
  for (const [python, platforms] of TARGETS) {
    try {
      await download(`${name}==${version}`, python, platforms, folder);
      return theWheelIn(folder, `${name} ${version}`);
    } catch (error) {
      failure ??= error;
    }
  }
  throw failure;
}

async function download(what, python, platforms, folder) {
  const target = platforms.flatMap((platform) => ['--platform', platform]);
  const wheels = ['--no-deps', '--only-binary=:all:', '--python-version', python];
  await pip([
    'download',
    '--quiet',
    '--no-cache-dir',
    ...wheels,
    ...target,
    '--dest',
    folder,
    what,
  ]);
}

function theWheelIn(folder, what) {
  const wheels = readdirSync(folder).filter((file) => file.endsWith('.whl'));
  if (wheels.length !== 1) throw new Stop(`${what}: expected one wheel, found ${wheels.length}`);
  return join(folder, wheels[0]);
}

async function pip(args) {
  return run(await findPython(), ['-m', 'pip', '--disable-pip-version-check', ...args]);
}

async function findPython() {
  for (const python of ['python3', 'python']) {
    if (await ask(python, ['-m', 'pip', '--version'])) return python;
  }
  throw new Stop(
    'Python 3 with pip is missing: it lists and downloads the wheels that are read (nothing in them is run)',
  );
}
