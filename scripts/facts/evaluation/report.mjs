// The evaluation as a document.

/** A Markdown table, its cells padded as a formatter pads them. */
export function table(columns, rows) {
  const lines = [columns, ...rows.map((row) => row.map(String))];
  const widths = columns.map((_, at) => Math.max(3, ...lines.map((line) => line[at].length)));
  const line = (cells) => `| ${cells.map((cell, at) => cell.padEnd(widths[at])).join(' | ')} |`;
  const rule = `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`;
  return [line(lines[0]), rule, ...lines.slice(1).map(line)].join('\n');
}

/** All parts, each under its heading. */
export function documentOf(parts) {
  const head = `# How far the facts can be trusted\n\nMade by \`npm run facts:evaluate -- --write\`, not to be edited.\n`;
  return [
    head,
    ...parts.map(({ heading, text, table }) => `## ${heading}\n\n${text}\n\n${table}\n`),
  ].join('\n');
}
