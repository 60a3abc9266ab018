import type { HubOptions } from './hub-options.ts';

/** All of them: the compiler tells when one is missing. */
const KEYS: Record<keyof HubOptions, true> = {
  hubUrl: true,
  accessToken: true,
  fetch: true,
  requestInit: true,
  signal: true,
  timeout: true,
  retries: true,
  deadline: true,
  budget: true,
  cache: true,
  maxAge: true,
  offline: true,
  onTraffic: true,
  clock: true,
};

/** What is left of options when how to reach the Hub is taken out. */
export function withoutHubOptions<O extends HubOptions>(options: O): Omit<O, keyof HubOptions> {
  const rest = Object.entries(options).filter(([key]) => !Object.hasOwn(KEYS, key));
  return Object.fromEntries(rest) as Omit<O, keyof HubOptions>;
}

/** How to reach the Hub, and nothing else. */
export function onlyHubOptions(options: HubOptions): HubOptions {
  const own = Object.entries(options).filter(([key]) => Object.hasOwn(KEYS, key));
  return Object.fromEntries(own);
}
