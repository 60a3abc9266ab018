export * from './cache.ts';
export * from './index.ts';
export {
  type Downloaded,
  type DownloadOptions,
  type DownloadProgress,
  downloadVariant,
} from './node/download-variant.ts';
export { folderCache } from './node/folder-cache.ts';
