import type { Cluster } from '../../cluster/cluster.js';

/** What a dead node was sending by mail is left alone for minutes, as it might live; this lets them pass. */
export async function letClaimsRunOut({ mongo }: Cluster): Promise<void> {
  const deliveries = mongo.db.collection('deliveries');
  await deliveries.updateMany({ state: { $in: ['claimed', 'data'] } }, { $set: { lease: new Date(0) } });
}
