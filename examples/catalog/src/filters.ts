import type { NameField, NamesField, RangeWanted, Where } from 'hubfit/catalog';
import { change, current, type Gesture } from './state.ts';

/** Fields that are filtered by names. */
export type ListField = NameField | NamesField | 'fit';

/** The names that are asked for. */
export function chosenNames(field: ListField): readonly string[] {
  const wanted = current().where?.[field];
  if (wanted === undefined) return [];
  if (typeof wanted === 'string') return [wanted];
  return 'any' in wanted ? (wanted.any ?? []) : Array.isArray(wanted) ? wanted : [];
}

/** Asks for a name, or no more. */
export function toggleName(field: ListField, name: string, wanted: boolean): void {
  const others = chosenNames(field).filter((other) => other !== name);
  change({ where: whereWith(field, wanted ? [...others, name] : others) });
}

/** Asks for a name in place of the text. */
export function searchName(field: ListField, name: string): void {
  change({ text: undefined, where: whereWith(field, [...chosenNames(field), name]) });
}

/** The parameters that are asked for. */
export const chosenParameters = (): RangeWanted => current().where?.parameters ?? {};

/** Asks for a range of parameters. */
export function setParameters({ min, max }: RangeWanted, by?: Gesture): void {
  const range = { ...(min !== undefined && { min }), ...(max !== undefined && { max }) };
  change({ where: whereWith('parameters', range) }, by);
}

/** The filters with this one, which is left out where it is empty. */
function whereWith(field: ListField | 'parameters', value: object): Where {
  const { [field]: _, ...others } = current().where ?? {};
  return Object.keys(value).length > 0 ? { ...others, [field]: value } : others;
}
