/** Memory of a Node process that nothing in it can free: measured after its garbage was collected, through the inspector. */
import { setTimeout as sleep } from 'node:timers/promises';
import { memoryOf } from './processes.mjs';

export const inspectable = (port) => [`--inspect=127.0.0.1:${port}`];

/** Bytes the process holds once it has settled. */
export async function settledMemory(pid, inspectorPort) {
  const [{ webSocketDebuggerUrl }] = await (await fetch(`http://127.0.0.1:${inspectorPort}/json`)).json();
  const inspector = new WebSocket(webSocketDebuggerUrl);
  await new Promise((resolve, reject) => {
    inspector.onopen = resolve;
    inspector.onerror = () => reject(new Error('The inspector does not answer.'));
  });
  await sleep(3_000);
  for (let i = 0; i < 3; i++) {
    await ask(inspector, 'HeapProfiler.collectGarbage');
    await sleep(500);
  }
  inspector.close();
  return memoryOf(pid).now;
}

function ask(inspector, method) {
  return new Promise((resolve) => {
    inspector.onmessage = resolve;
    inspector.send(JSON.stringify({ id: 1, method }));
  });
}
