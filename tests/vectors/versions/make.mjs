// Writes semver.tsv by npm `semver`, the reference: npm install semver; node make.mjs
import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
const semver = require('semver');

const VERSIONS = `
0.0.1 0.1.0 0.1.6 1.0.0-alpha 1.0.0-alpha.1 1.0.0-alpha.beta 1.0.0-beta 1.0.0-beta.2 1.0.0-beta.11 1.0.0-rc.1 1.0.0 1.0.0+build.5
1.2.3 1.2.4 1.10.0 2.0.0-0 2.0.0 2.17.2 3.0.0-alpha.19 3.0.0 4.0.0-next.2 4.2.0 4.3.1 5.0.0 0.2.86 1.30.0-dev.20260101-abc 1.30.0`;
const NO_VERSIONS = ['', 'latest', '1.2.3.4', '1.02.3', '1.2.x', 'b123', '1.2.3-', '1.2.3-01', 'a.b.c', '1.2.3-é'];
const RANGES = [
  '*', '', '1.2.3', '=1.2.3', '^1.2.3', '^0.1.0', '^0.0.1', '~1.2.3', '~1.2', '~1', '1.x', '1.2.x', '1', '1.2', '>=1.2.3', '>1.2', '<=1.2', '<2',
  '>=1.2.3 <2.0.0', '>= 1.2.3 < 5', '^1.0.0 || ^4.2.0', '1.0.0 - 2.0.0', '1.2.3 - 4.2', '>=1.0.0-beta.2', '^1.0.0-beta.2 <1.0.0', '>1.0.0-rc.1', 'v4.3.1',
  '^3.0.0-alpha.5', '2.x || >=4.3', '~3.0.0-alpha.1', '<1.0.0',
];
const NO_RANGES = ['latest', '>=a', '1.2.3.4', '^', '=>1.0.0', '1.0.0 -'];

const versions = VERSIONS.trim().split(/\s+/);
const ordered = versions.toSorted((one, other) => semver.compare(one, other));
const lines = [`# made by make.mjs with semver ${require('semver/package.json').version}`];
let place = -1;
for (const [at, version] of ordered.entries()) {
  if (at === 0 || semver.gt(version, ordered[at - 1])) place += 1;
  lines.push(`version\t${version}\t${place}`);
}
for (const text of NO_VERSIONS) {
  if (semver.valid(text)) throw new Error(`${text} is a version`);
  lines.push(`no version\t${text}`);
}
for (const range of RANGES) {
  const held = versions.filter((version) => semver.satisfies(version, range));
  lines.push(`range\t${range}\t${held.join(' ')}`);
}
for (const text of NO_RANGES) {
  if (semver.validRange(text) !== null) throw new Error(`${text} is a range`);
  lines.push(`no range\t${text}`);
}
writeFileSync(new URL('semver.tsv', import.meta.url), `${lines.join('\n')}\n`);
