// The example for Node, as a person would start it.
import assert from 'node:assert/strict';
import { makeProject } from '../lib/project.mjs';

export default { 'examples-node': run };

async function run({ tarball, hub }) {
  const { node } = await makeProject(tarball, { from: 'examples/node' });
  const { url } = await hub();
  const outputs = {};
  for (const script of ['index.mjs', 'index.cjs']) {
    const sample = await node([script, '--sample', 'qwen2.5-7b']);
    assert.match(sample, /^\d+ compatible models\nid +architecture .*\n(.*\n)*Qwen\/Qwen2.5-7B/);
    const listed = await node([script], { env: { HUB_URL: url, HF_ENDPOINT: 'http://unused' } });
    assert.match(listed, /^[1-9]\d+ compatible models\n/);
    await assert.rejects(
      node([script], { env: { HF_ENDPOINT: 'http://127.0.0.1:1' } }),
      /ended with 1\n\s*network: no answer from/,
    );
    outputs[script] = [sample, listed];
  }
  assert.deepEqual(outputs['index.mjs'], outputs['index.cjs'], 'import and require');
}
