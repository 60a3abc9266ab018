// ExLlamaV2: one long `if` over the class that the model's config names.
import { every, textOf } from '../files.mjs';

/** HF class, from `arch_string == "…"` and `arch_string in ["…", "…"]`. */
function architectures(files) {
  const text = textOf(files, 'exllamav2/architecture.py');
  const compared = every(
    text,
    /arch_string (?:==|in) (\[[^\]]*\]|"[^"]*")/g,
    'comparisons of arch_string',
  );
  return compared.flatMap(([names]) => [...names.matchAll(/"(\w+)"/g)].map(([, name]) => name));
}

export const tables = { architectures };
