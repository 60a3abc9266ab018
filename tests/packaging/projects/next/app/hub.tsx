/** The Hub of the tests; only the server sees it. */
export const HUB = { hubUrl: process.env.HUB_URL ?? 'https://huggingface.co' };
