/** The Hub of the tests; only the server sees it. */
export const HUB = { hubUrl: process.env.HUB_URL ?? 'https://huggingface.co' };

/** The same, whose answers Next keeps for an hour. */
export const KEPT = { ...HUB, requestInit: { next: { revalidate: 3600, tags: ['hub'] } } };
