/** Rows as text: columns as wide as they need to be, numbers to the right. */
exports.table = (rows) => {
  const names = Object.keys(rows[0] ?? {});
  const widths = names.map((name) =>
    Math.max(...[name, ...rows.map((row) => row[name])].map((cell) => String(cell).length)),
  );
  const line = (cells) =>
    cells
      .map((cell, at) => padded(cell, widths[at]))
      .join('  ')
      .trimEnd();
  return [names, ...rows.map((row) => names.map((name) => row[name]))].map(line).join('\n');
};

function padded(cell, width) {
  return typeof cell === 'number' ? String(cell).padStart(width) : cell.padEnd(width);
}
