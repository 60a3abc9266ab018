export { initHubfit } from './entry/slim-module.ts';
export * from './index.ts';
