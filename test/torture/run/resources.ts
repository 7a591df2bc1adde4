import { readdir, readFile, readlink } from 'node:fs/promises';
import type { Resources } from '../checks/final-state.js';
import type { Cluster } from '../cluster/cluster.js';

/** What each node holds on to now. */
export async function resourcesOf(cluster: Cluster): Promise<Resources[]> {
  const running = cluster.nodes.filter(({ pid }) => pid !== null);
  return Promise.all(
    running.map(async ({ index, pid }) => {
      const files = await readdir(`/proc/${pid}/fd`);
      const links = await Promise.all(files.map((file) => readlink(`/proc/${pid}/fd/${file}`).catch(() => '')));
      const status = await readFile(`/proc/${pid}/status`, 'utf8');
      const rss = Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1] ?? 0);
      const sockets = links.filter((link) => link.startsWith('socket:')).length;
      // Cursors are the database's: it does not say whose they are, and all nodes are alike.
      const cursors = await openCursors(cluster);
      return { node: String(index), rssMb: Math.round(rss / 1024), sockets, fileDescriptors: files.length, cursors };
    }),
  );
}

async function openCursors({ mongo }: Cluster): Promise<number> {
  const status = await mongo.db.admin().command({ serverStatus: 1, metrics: 1 });
  return Number(status.metrics?.cursor?.open?.total ?? 0);
}
