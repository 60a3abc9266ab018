// Versions in their order: semver, PEP 440 and llama.cpp's two lines (builds b1234, then tags v0.5.0).

const PRERELEASE = /(?:^|[\d.])(?:a|b|rc|alpha|beta|dev)\.?\d+|-/;

/** Whether a version is one that nobody gets unasked. llama.cpp's own builds are no pre-releases. */
export const isPrerelease = (version) => !/^b\d+$/.test(version) && PRERELEASE.test(version);

/** Orders two versions, older first. */
export function compareVersions(left, right) {
  const [a, b] = [key(left), key(right)];
  for (let at = 0; at < Math.max(a.length, b.length); at += 1) {
    const difference = (a[at] ?? 0) - (b[at] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

/** The release as `major.minor`: what the sampling rule "minor" counts as one. */
export const minorOf = (version) => key(version).slice(0, 2).join('.');

/** A build comes before every tag; a post-release (`0.8.5.post1`) right after its release. */
function key(version) {
  const build = /^b(\d+)$/.exec(version)?.[1];
  if (build) return [-1, Number(build)];
  return (version.match(/\d+/g) ?? []).map(Number);
}
