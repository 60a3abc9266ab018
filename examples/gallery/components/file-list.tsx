import type { HFModel } from 'hubfit';
import { bytes } from '../lib/words';
import { Known } from './known';

/** The files that the listing names, with the sizes that are known. */
export function FileList({ files }: { files: NonNullable<HFModel['siblings']> }) {
  if (files.length === 0) return <p className="unknown">unknown</p>;
  return (
    <ul className="files">
      {files.map(({ rfilename, size }) => (
        <li key={rfilename}>
          <code>{rfilename}</code>
          <span>
            <Known>{size === undefined ? undefined : bytes(size)}</Known>
          </span>
        </li>
      ))}
    </ul>
  );
}
