// ONNX Runtime Web: the operators of each execution provider, from the tables made of its sources.
import { Stop } from '../../lib/run.mjs';
import { matching } from '../files.mjs';

const ROW = /^\| *(\w+) *\| *((?:[\w.]+\([^)]*\);? *)+)\|/gm;

/** Execution provider, operator, and its domains with ranges of opset versions. */
function operators(files) {
  return matching(files, /^docs\/(webgpu|webnn)-operators\.md$/).flatMap(
    ({ path, parts, text }) => {
      const rows = [...text.matchAll(ROW)].map(([, name, opsets]) => [
        parts[0],
        name,
        opsets.replace(/\s/g, ''),
      ]);
      if (rows.length === 0) throw new Stop(`${path}: expected a table of operators, found none`);
      return rows;
    },
  );
}

export const tables = { operators };
