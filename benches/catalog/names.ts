/** A real model that others are made from. */
export interface Base {
  id: string;
  family: string;
  task: string;
  license: string;
  parameters: number;
  context: number;
}

/** What rows are recombined from. */
export interface Names {
  bases: Base[];
  /** Real authors. */
  authors: string[];
  /** Words of real names. */
  words: string[];
  families: string[];
  /** Whether the larger lists beside the repository were there: other names, so other sizes of snapshots. */
  more: boolean;
}
