import type { Grade } from 'hubfit';
import type { ReactNode } from 'react';
import { GradeTag } from './grade-tag';
import { Known } from './known';

interface Props {
  label: string;
  grade?: Grade;
  children: ReactNode;
}

/** One pair of a description list. */
export function Fact({ label, grade = 'stated', children }: Props) {
  return (
    <div className="fact">
      <dt>{label}</dt>
      <dd>
        <Known>{grade === 'unknown' ? undefined : children}</Known> <GradeTag grade={grade} />
      </dd>
    </div>
  );
}
