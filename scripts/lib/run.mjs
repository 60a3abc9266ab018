// Running commands with progress that a person can follow.
import { spawn } from 'node:child_process';
import { existsSync, realpathSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';

/** The project's root. */
export const root = fileURLToPath(new URL('../..', import.meta.url));

/** A failure that needs one line, not a stack. */
export class Stop extends Error {}

/** Runs a command; its output is shown only when it fails, or as it comes with `show`. */
export function run(command, args, { show = false, cwd = root, env = {} } = {}) {
  return new Promise((resolve, reject) => {
    const stdio = show ? ['ignore', 'inherit', 'inherit'] : ['ignore', 'pipe', 'pipe'];
    const child = spawn(command, args, { cwd, stdio, env: { ...process.env, ...env } });
    let output = '';
    child.stdout?.on('data', (data) => {
      output += data;
    });
    child.stderr?.on('data', (data) => {
      output += data;
    });
    child.on('error', (error) => reject(new Stop(`${command}: ${error.message}`)));
    child.on('close', (code) => {
      if (code === 0) return resolve(output);
      const said = output ? `\n${output.trimEnd()}` : '';
      reject(
        Object.assign(new Stop(`${command} ${args.join(' ')} ended with ${code}${said}`), {
          output,
        }),
      );
    });
  });
}

/** What a command prints, or undefined where it is missing or fails. */
export async function ask(command, args) {
  try {
    return (await run(command, args)).trim();
  } catch {
    return undefined;
  }
}

/** Runs one step, saying what it does and how long it took. */
export async function step(what, work) {
  const start = performance.now();
  const seconds = () => `${((performance.now() - start) / 1000).toFixed(1)} s`;
  process.stderr.write(`· ${what} …${process.stderr.isTTY ? '' : '\n'}`);
  const clear = process.stderr.isTTY ? '\r\x1b[2K' : '';
  try {
    const result = await work();
    process.stderr.write(`${clear}✓ ${what} (${seconds()})\n`);
    return result;
  } catch (error) {
    process.stderr.write(`${clear}✗ ${what} (${seconds()})\n`);
    throw error;
  }
}

/** Whether the module of that `import.meta.url` is the script that Node was started with. */
export function isMain(url) {
  const script = process.argv[1];
  // Node follows links in the one and not in the other, and escapes spaces in the one only.
  return Boolean(script) && existsSync(script) && url === pathToFileURL(realpathSync(script)).href;
}

/** Runs a script's main function; a known failure prints one message and ends with 1. */
export async function main(work) {
  try {
    await work();
  } catch (error) {
    process.stderr.write(`\n${error instanceof Stop ? error.message : error.stack}\n`);
    process.exitCode = 1;
  }
}
