// Commands and servers of the cases: each ends with its case, and a failure carries what it printed.
import { execFile, spawn } from 'node:child_process';
import { root } from '../../../scripts/lib/run.mjs';

/** What `npm` sets for scripts that it runs would send a nested `npm install` to the wrong folder. */
const FROM_NPM = /^npm_(package|lifecycle|config_local_prefix|command|execpath|node_execpath)/;

function environment(more) {
  const kept = Object.entries(process.env).filter(([name]) => !FROM_NPM.test(name));
  return { ...Object.fromEntries(kept), NEXT_TELEMETRY_DISABLED: '1', NO_COLOR: '1', ...more };
}

/** Runs a command to its end and gives its standard output. */
export function exec(command, args, { cwd = root, env = {}, timeout = 300_000 } = {}) {
  const options = { cwd, env: environment(env), timeout, maxBuffer: 2 ** 26 };
  return new Promise((resolve, reject) => {
    execFile(command, args, options, (error, stdout, stderr) => {
      if (!error) return resolve(stdout);
      const why = error.killed
        ? `was stopped after ${timeout / 1000} s`
        : `ended with ${error.code}`;
      const said = `${stdout}\n${stderr}`.trim();
      reject(new Error(`${[command, ...args].join(' ')} ${why}\n${said}`));
    });
  });
}

/** Runs a Node script to its end. */
export function execNode(args, options) {
  return exec(process.execPath, args, options);
}

const running = new Set();
process.on('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});
// Without this an interrupt would leave servers and folders behind: it skips what is done on exit.
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(130));

/** Starts a Node server and waits until its output matches; `stop` ends it. */
export function startServer(args, ready, { cwd = root, env = {}, timeout = 60_000 } = {}) {
  const child = spawn(process.execPath, args, { cwd, env: environment(env) });
  running.add(child);
  child.once('exit', () => running.delete(child));
  const stop = () => ended(child);
  return new Promise((resolve, reject) => {
    let output = '';
    const fail = (why) => {
      clearTimeout(timer);
      child.kill('SIGKILL');
      reject(new Error(`node ${args.join(' ')} ${why}\n${output.trim()}`));
    };
    const timer = setTimeout(() => fail('said nothing of being ready'), timeout);
    const read = (data) => {
      output += data;
      const match = ready.exec(output);
      if (!match) return;
      clearTimeout(timer);
      resolve({ match, stop, said: () => output });
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    child.on('exit', (code) => fail(`ended with ${code}`));
  });
}

function ended(child) {
  if (!running.has(child)) return Promise.resolve();
  return new Promise((resolve) => {
    child.once('exit', resolve);
    child.kill('SIGTERM');
  });
}
