// The scripts of scripts/facts, which are plain JavaScript, with the types that the tests need.

export type Files = Map<string, string>;
export type Row = string | (string | number)[];
export type Reader = {
  version?: (files: Files) => string;
  tables: Record<string, (files: Files, version?: string) => Row[]>;
};

/** A module of scripts/facts. */
export async function script<Module>(path: string): Promise<Module> {
  return (await import(new URL(`../../scripts/facts/${path}.mjs`, import.meta.url).href)) as Module;
}

/** The rows that a reader makes of files, as text. */
export async function read(
  reader: string,
  table: string,
  files: Record<string, string>,
): Promise<string[]> {
  const { tables } = await script<Reader>(`readers/${reader}`);
  const rows = tables[table]?.(new Map(Object.entries(files)));
  if (!rows) throw new Error(`${reader} has no table ${table}`);
  return rows.map((row) => [row].flat().join(' '));
}
