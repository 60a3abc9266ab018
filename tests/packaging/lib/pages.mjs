// Pages in real browsers, with everything that went wrong on them.
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { CHROMIUM_ARGS, findChromium, findFirefox } from '../../../scripts/lib/browsers.mjs';
import { installTools } from './project.mjs';
import { Skip } from './skip.mjs';

/** Starts Chromium. */
export async function launchChromium() {
  const executablePath = findChromium();
  if (!executablePath) throw new Skip('no Chromium found; CHROME_PATH names one');
  return chromium.launch({ executablePath, args: CHROMIUM_ARGS });
}

/** Opens a page in Chromium, lets `work` use it, and fails on any error that the page reports. */
export async function inChromium(url, work) {
  const browser = await launchChromium();
  try {
    const page = await browser.newPage();
    await watched(page, url, work);
  } finally {
    await browser.close();
  }
}

/** The same in Firefox, over WebDriver BiDi. */
export async function inFirefox(url, work) {
  const executablePath = findFirefox();
  if (!executablePath) throw new Skip('no Firefox found; FIREFOX_PATH names one');
  const tools = await installTools('firefox', { 'puppeteer-core': '24' });
  const puppeteer = createRequire(join(tools, 'package.json'))('puppeteer-core');
  const browser = await puppeteer.launch({ browser: 'firefox', executablePath, headless: true });
  try {
    const page = await browser.newPage();
    await watched(page, url, work);
  } finally {
    await browser.close();
  }
}

async function watched(page, url, work) {
  const errors = [];
  page.on('console', (message) => {
    if (message.type() === 'error') errors.push(message.text());
  });
  page.on('pageerror', (error) => errors.push(String(error)));
  page.on('requestfailed', (request) => errors.push(`request failed: ${request.url()}`));
  await page.goto(url);
  try {
    await work(page);
  } catch (error) {
    // What the page itself says of it is mostly the reason.
    throw new Error(`${error.message}\n${errors.join('\n')}`, { cause: error });
  }
  assert.deepEqual(errors, [], 'errors on the page');
}

/** Waits until an element shows the text. */
export async function shows(page, selector, text, timeout = 15_000) {
  const end = Date.now() + timeout;
  let shown;
  do {
    shown = await page.$eval(selector, (element) => element.textContent).catch(() => undefined);
    if (shown === text) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  } while (Date.now() < end);
  assert.equal(shown, text, `the text of ${selector}`);
}
