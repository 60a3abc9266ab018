// The registries by the names that facts/sources.toml uses.
import { Stop } from '../../lib/run.mjs';
import * as crates from './crates.mjs';
import { folderRegistry } from './folder.mjs';
import * as npm from './npm.mjs';
import * as pypi from './pypi.mjs';

const CLIENTS = { pypi, npm, crates };

/** The client of a registry, or the same from a folder. */
export function registry(name, folder) {
  if (!CLIENTS[name]) {
    throw new Stop(`unknown registry "${name}": expected ${Object.keys(CLIENTS).join(', ')}`);
  }
  return folder ? folderRegistry(folder, name) : CLIENTS[name];
}
