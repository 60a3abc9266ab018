// Links are plain ones, to be loaded as pages of their own: Next.js takes the last slash off a path with a dot
// in it, as many names of models have, and a static host has no file of that name.
import { modelSlug } from './slug';

/** Where the site is below its domain: empty, or a path that starts with a slash and ends without one. */
export const BASE = '';

/** The list. */
export const HOME = `${BASE}/`;

/** A model's own page. */
export function modelPath(id: string): string {
  return `${BASE}/models/${modelSlug(id)}/`;
}
