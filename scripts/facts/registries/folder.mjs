// A registry that is a folder, `<registry>/<package>/<version>/<artefact>`: for tests, and for mirrors.
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { Stop } from '../../lib/run.mjs';

/** The same two functions as the clients of the real registries have. */
export function folderRegistry(root, registry) {
  const home = (name) => join(root, registry, name);
  return {
    versions: async (name) => list(home(name)),
    fetch: async (name, version) => {
      const folder = join(home(name), version);
      return join(folder, list(folder)[0]);
    },
  };
}

function list(folder) {
  if (!existsSync(folder)) throw new Stop(`${folder}: no such folder in the registry`);
  return readdirSync(folder).sort();
}
