import type { Finding } from '../checks/finding.js';
import type { Cluster } from '../cluster/cluster.js';
import { waitUntil } from '../workload/wait.js';

/** Where a run began: what was there before is not its business. */
export interface Ground {
  conversations: ReadonlySet<string>;
  ledger: ReadonlySet<string>;
}

export async function groundOf({ mongo: { db } }: Cluster): Promise<Ground> {
  const [conversations, ledger] = await Promise.all([
    db.collection<{ conversationId: string }>('entries').distinct('conversationId'),
    db.collection<{ _id: string }>('mail_ledger').distinct('_id'),
  ]);
  return { conversations: new Set(conversations), ledger: new Set(ledger) };
}

/** Emil resolves what is open, so that nothing of this run takes anybody's place in the next. Gives what stays taken all the same. */
export async function clearDesks(cluster: Cluster): Promise<Finding[]> {
  const url = cluster.clientUrl(0);
  const headers = { cookie: await cluster.cookieOf('emil'), 'x-helpline': '1', 'content-type': 'application/json' };
  const taken = () =>
    cluster.mongo.db
      .collection('agents')
      .find({ 'slots.0': { $exists: true } })
      .toArray();
  const cleared = await waitUntil(
    async () => {
      const open = await openConversations(url, headers);
      await Promise.all(open.map(({ id }) => resolve(url, id, headers)));
      return open.length === 0 && (await taken()).length === 0;
    },
    { upToMs: 30_000, everyMs: 300 },
  );
  if (cleared) return [];
  const evidence = { open: await openConversations(url, headers), agents: await taken() };
  return [{ check: 'own', what: 'desks are not free after everything was resolved', evidence }];
}

async function openConversations(url: string, headers: Record<string, string>): Promise<{ id: string }[]> {
  const answer = await fetch(`${url}/api/v1/conversations?view=open`, { headers });
  const { items }: { items: { id: string }[] } = await answer.json();
  return items;
}

async function resolve(url: string, id: string, headers: Record<string, string>): Promise<void> {
  const body = JSON.stringify({ clientId: crypto.randomUUID() });
  await fetch(`${url}/api/v1/conversations/${id}/resolution`, { method: 'POST', headers, body });
}
