// A virtual environment with the pinned Python packages, made once at `.tools/python`.

import { type ExecFileSyncOptions, execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const REQUIREMENTS = fileURLToPath(new URL('./requirements.txt', import.meta.url));
const VENV = fileURLToPath(new URL('../../../.tools/python', import.meta.url));
const STAMP = `${VENV}/requirements.stamp`;
const WINDOWS = process.platform === 'win32';

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

function isSatisfied(python: string, wanted: string): boolean {
  if (!existsSync(STAMP) || readFileSync(STAMP, 'utf8') !== wanted) return false;
  return works(python, '-c', 'import huggingface_hub');
}

function install(system: string, python: string): void {
  mkdirSync(VENV, { recursive: true });
  const quiet: ExecFileSyncOptions = { stdio: ['ignore', 'ignore', 'inherit'] };
  execFileSync(system, ['-m', 'venv', VENV], quiet);
  const pip = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check'];
  execFileSync(python, [...pip, '-r', REQUIREMENTS], quiet);
}

/** The environment's interpreter, or what has to be installed first. Does nothing when all is there. */
export function ensurePython(): Python {
  const system = WINDOWS ? 'python' : 'python3';
  const python = WINDOWS ? `${VENV}/Scripts/python.exe` : `${VENV}/bin/python`;
  const wanted = readFileSync(REQUIREMENTS, 'utf8');
  if (isSatisfied(python, wanted)) return { python };
  const missing = missingPart(system);
  if (missing) return { missing };
  try {
    install(system, python);
  } catch {
    return { missing: `pip could not install ${REQUIREMENTS}; it needs the package index` };
  }
  writeFileSync(STAMP, wanted);
  return { python };
}
