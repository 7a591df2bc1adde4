import type { Cluster } from '../cluster/cluster.js';
import { cookieOf } from '../cluster/people.js';
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

/** Emil resolves what is open, so that nothing of this run takes anybody's place in the next. */
export async function clearDesks(cluster: Cluster): Promise<void> {
  const url = cluster.clientUrl(0);
  const headers = { cookie: await cookieOf(url, 'emil'), 'x-helpline': '1', 'content-type': 'application/json' };
  const agents = cluster.mongo.db.collection('agents');
  const cleared = await waitUntil(
    async () => {
      const answer = await fetch(`${url}/api/v1/conversations?view=open`, { headers });
      const { items }: { items: { id: string }[] } = await answer.json();
      for (const { id } of items) {
        const body = JSON.stringify({ clientId: crypto.randomUUID() });
        await fetch(`${url}/api/v1/conversations/${id}/resolution`, { method: 'POST', headers, body });
      }
      return items.length === 0 && (await agents.countDocuments({ 'slots.0': { $exists: true } })) === 0;
    },
    { upToMs: 20_000, everyMs: 300 },
  );
  if (!cleared) throw new Error('The desks are not free after everything was resolved.');
}
