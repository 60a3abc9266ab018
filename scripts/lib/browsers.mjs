// The browsers that tests drive: found where they are, installed from Debian where that is allowed.
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { ask, run, step } from './run.mjs';

/** Headless, without the background traffic of a browser that somebody lives in. */
export const CHROMIUM_ARGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** The program of a Chromium, or undefined; `CHROME_PATH` names another one. */
export function findChromium() {
  const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
  return existing(process.env.CHROME_PATH, names);
}

/** The program of a Firefox, or undefined; `FIREFOX_PATH` names another one. */
export function findFirefox() {
  return existing(process.env.FIREFOX_PATH, ['firefox-esr', 'firefox']);
}

/** The program that drives Chromium for wasm-bindgen's tests; `CHROMEDRIVER` names another one. */
export function findChromedriver() {
  return existing(process.env.CHROMEDRIVER, ['chromedriver']);
}

function existing(given, names) {
  const folders = ['/usr/bin', ...(process.env.PATH ?? '').split(delimiter)];
  const programs = names.flatMap((name) => folders.map((folder) => join(folder, name)));
  return [given, ...programs].filter(Boolean).find((path) => existsSync(path));
}

const INSTALL = 'apt-get install -y --no-install-recommends chromium chromium-driver firefox-esr';

/** Makes sure of the browsers; says the one command to run where it may not install them. */
export async function ensureBrowsers() {
  if (findChromium() && findChromedriver() && findFirefox()) return;
  const mayInstall = process.getuid?.() === 0 && (await ask('apt-get', ['--version']));
  if (!mayInstall) {
    const missing = 'Chromium with chromedriver, or Firefox, is missing: tests in it are skipped';
    process.stderr.write(`! ${missing}. To run them: sudo ${INSTALL}\n`);
    return;
  }
  await step("installing Debian's Chromium and Firefox", async () => {
    await run('apt-get', ['update']);
    await run('apt-get', INSTALL.split(' ').slice(1), {
      env: { DEBIAN_FRONTEND: 'noninteractive' },
    });
  });
}
