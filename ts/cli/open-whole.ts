import type { SyncCatalog } from '../catalog/catalog.ts';
import { openCatalog } from '../catalog/open-catalog.ts';
import { counted } from './in-words.ts';
import { withProgress } from './progress.ts';

/** Opens a snapshot with all its models. */
export function openWhole(snapshot: string): Promise<SyncCatalog> {
  return withProgress(`opening ${snapshot}`, (tell) =>
    openCatalog(snapshot, {
      thread: 'same',
      whole: true,
      onProgress: ({ rows, total }) => tell(`${counted(rows)} of ${counted(total)} models`),
    }),
  );
}
