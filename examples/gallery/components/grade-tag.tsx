import type { Grade } from 'hubfit';

/** Marks a value that nothing states; the whole table has the grade of every one. */
export function GradeTag({ grade }: { grade: Grade }) {
  if (grade !== 'guessed' && grade !== 'assumed') return null;
  return <span className={`grade ${grade}`}>{grade}</span>;
}
