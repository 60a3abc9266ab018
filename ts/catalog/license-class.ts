import { callFacts } from '../core/call-facts.ts';
import type { CatalogRow } from './catalog-row.ts';

/** What a licence allows, by the id in a model card. */
export function licenseClass(license: string): NonNullable<CatalogRow['licenseClass']> {
  const found = callFacts((core) => core.license_class(license));
  return found as NonNullable<CatalogRow['licenseClass']>;
}
