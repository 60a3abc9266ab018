import type { ReactNode } from 'react';

/** A value, or that it is not known. */
export function Known({ children }: { children: ReactNode }) {
  if (children === undefined || children === null || children === '') {
    return <span className="unknown">unknown</span>;
  }
  return <>{children}</>;
}
