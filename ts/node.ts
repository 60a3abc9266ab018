export * from './cache.ts';
export * from './index.ts';
export { folderCache } from './node/folder-cache.ts';
