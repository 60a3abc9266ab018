import type { Command } from 'commander';
import { addCatalogBuild } from './catalog-build.ts';
import { addCatalogDiff } from './catalog-diff.ts';
import { addCatalogExport } from './catalog-export.ts';
import { addCatalogQuery } from './catalog-query.ts';
import { addCatalogStats } from './catalog-stats.ts';

/** `hubfit catalog`. */
export function addCatalogCommand(program: Command): void {
  const catalog = program
    .command('catalog')
    .description('build, search, compare and export snapshots of many models');
  addCatalogBuild(catalog);
  addCatalogQuery(catalog);
  addCatalogStats(catalog);
  addCatalogDiff(catalog);
  addCatalogExport(catalog);
  for (const one of catalog.commands) one.exitOverride();
}
