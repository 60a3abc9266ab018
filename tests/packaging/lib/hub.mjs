// The local Hub in a process of its own, as a build or a Worker would reach it.
import { startServer } from './processes.mjs';

/** Starts it; `fault` spoils its next answers, `heal` ends that; `requests` are those since `forget`; `stop` ends it. */
export async function startHub() {
  const server = await startServer(['--import', 'tsx', 'tests/hub/serve.ts'], /\{"url".*\}/);
  const { url } = JSON.parse(server.match[0]);
  const fault = (what) => order(`${url}/.local/faults`, 'POST', JSON.stringify(what));
  return {
    url,
    stop: server.stop,
    fault,
    heal: () => order(`${url}/.local/faults`, 'DELETE'),
    requests: async () => (await order(`${url}/.local/requests`, 'GET')).json(),
    forget: () => order(`${url}/.local/requests`, 'DELETE'),
  };
}

async function order(url, method, body) {
  const headers = { 'content-type': 'application/json' };
  const answer = await fetch(url, { method, headers, body });
  if (!answer.ok)
    throw new Error(`the local Hub refused ${method} ${body}: ${await answer.text()}`);
  return answer;
}
