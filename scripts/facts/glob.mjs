// Path patterns: `*` stands for anything but a slash, `**/` for any folders or none.

/** Whether a path matches one of the patterns. */
export function matcher(patterns) {
  const all = patterns.map(expression);
  return (path) => all.some((one) => one.test(path));
}

function expression(pattern) {
  const parts = pattern.split(/(\*\*\/|\*)/).map((part) => {
    if (part === '**/') return '(?:.*/)?';
    if (part === '*') return '[^/]*';
    return part.replace(/[.+?^${}()|[\]\\]/g, '\\$&');
  });
  return new RegExp(`^${parts.join('')}$`);
}
