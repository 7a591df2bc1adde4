/** Runs an expression in a Node process that listens for a debugger on this port. */
export async function evaluateOn(port: number, expression: string): Promise<unknown> {
  const socket = await connectTo(port);
  try {
    return await new Promise((resolve, reject) => {
      socket.addEventListener('message', ({ data }) => {
        const { id, result } = JSON.parse(String(data));
        if (id !== 1) return;
        if (result?.exceptionDetails) reject(new Error(String(result.exceptionDetails.text)));
        else resolve(result?.result?.value);
      });
      socket.addEventListener('close', () => reject(new Error('The process went away.')));
      const params = { expression, awaitPromise: true, returnByValue: true, includeCommandLineAPI: true };
      socket.send(JSON.stringify({ id: 1, method: 'Runtime.evaluate', params }));
    });
  } finally {
    socket.close();
  }
}

async function connectTo(port: number): Promise<WebSocket> {
  const targets: { webSocketDebuggerUrl: string }[] = await (await fetch(`http://127.0.0.1:${port}/json`)).json();
  const socket = new WebSocket(targets[0]?.webSocketDebuggerUrl ?? '');
  await new Promise((resolve, reject) => {
    socket.addEventListener('open', resolve);
    socket.addEventListener('error', () => reject(new Error('The process takes no debugger.')));
  });
  return socket;
}
