export { initHubfit } from './entry/slim-given.ts';
export * from './index.ts';
