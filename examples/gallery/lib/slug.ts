/** The Hub forbids `--` in names, so that one pair stands for the slash and the id can be had back. */
export function modelSlug(id: string): string {
  return id.replace('/', '--');
}

/** The id behind a folder name. */
export function modelId(slug: string): string {
  return slug.replace('--', '/');
}
