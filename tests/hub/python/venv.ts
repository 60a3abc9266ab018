// Virtual environments with pinned Python packages, each made once in `.tools`.

import { type ExecFileSyncOptions, execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const WINDOWS = process.platform === 'win32';

/** What an environment holds. */
export interface Kit {
  /** Its folder in `.tools`. */
  folder: string;
  requirements: URL;
  /** Modules that must load. */
  modules: string;
}

/** The Hub's own client. */
const CLIENT: Kit = {
  folder: 'python',
  requirements: new URL('./requirements.txt', import.meta.url),
  modules: 'huggingface_hub',
};

export type Python = { python: string } | { missing: string };

function works(...command: [string, ...string[]]): boolean {
  const [program, ...args] = command;
  try {
    execFileSync(program, args, { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

function missingPart(system: string): string | undefined {
  if (!works(system, '--version')) return 'Python 3.10 or newer is not installed: install python3';
  const recent = 'import sys; sys.exit(sys.version_info < (3, 10))';
  if (!works(system, '-c', recent)) return `${system} is older than 3.10: install a newer one`;
  if (!works(system, '-c', 'import venv, ensurepip')) {
    return 'the venv module is missing: install python3-venv (Debian, Ubuntu) or the full Python';
  }
  return undefined;
}

function isSatisfied(kit: Kit, python: string, wanted: string): boolean {
  const file = stamp(kit);
  if (!existsSync(file) || readFileSync(file, 'utf8') !== wanted) return false;
  return works(python, '-c', `import ${kit.modules}`);
}

function venv({ folder }: Kit): string {
  return fileURLToPath(new URL(`../../../.tools/${folder}`, import.meta.url));
}

/** What was installed. */
function stamp(kit: Kit): string {
  return `${venv(kit)}/requirements.stamp`;
}

/** The last that a command said: no package index, no room on the disk. */
function lastLine(error: unknown): string {
  const { stderr, message } = error as { stderr?: Buffer; message: string };
  return stderr?.toString().trim().split('\n').at(-1) || message;
}

function install(kit: Kit, system: string, python: string): void {
  mkdirSync(venv(kit), { recursive: true });
  const quiet: ExecFileSyncOptions = { stdio: ['ignore', 'ignore', 'pipe'] };
  execFileSync(system, ['-m', 'venv', venv(kit)], quiet);
  const pip = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check'];
  execFileSync(python, [...pip, '-r', fileURLToPath(kit.requirements)], quiet);
}

/** The environment's interpreter, or what has to be installed first. Does nothing when all is there. */
export function ensurePython(kit: Kit = CLIENT): Python {
  const system = WINDOWS ? 'python' : 'python3';
  const python = `${venv(kit)}/${WINDOWS ? 'Scripts/python.exe' : 'bin/python'}`;
  const wanted = readFileSync(kit.requirements, 'utf8');
  if (isSatisfied(kit, python, wanted)) return { python };
  const missing = missingPart(system);
  if (missing) return { missing };
  try {
    install(kit, system, python);
  } catch (error) {
    const file = fileURLToPath(kit.requirements);
    return { missing: `pip could not install ${file}: ${lastLine(error)}` };
  }
  writeFileSync(stamp(kit), wanted);
  return { python };
}
