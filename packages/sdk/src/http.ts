import type { DoorName, Doors, Input, Output } from '@helpline/protocol';
import { asProblem, HelplineError, unreachable } from './errors.js';

/** Calls a door whose route has no parameters by HTTP. Cookies go along where `credentials` says so. */
export async function callByHttp<D extends DoorName>(
  serverUrl: string,
  http: Doors[D]['http'],
  input: Input<D>,
  credentials: RequestCredentials,
  headers: Record<string, string> = {},
): Promise<Output<D>> {
  const [method, path] = http.split(' ') as [string, string];
  const body = method === 'GET' || method === 'DELETE' ? undefined : JSON.stringify(input);
  const response = await fetch(`${serverUrl}/api/v1${path}`, {
    method,
    credentials,
    headers: { 'content-type': 'application/json', 'x-helpline': '1', ...headers },
    body,
  }).catch(() => {
    throw unreachable();
  });
  const answer: unknown = await response.json().catch(() => null);
  if (!response.ok) throw new HelplineError(asProblem(answer, response.status));
  return answer as Output<D>;
}
