import { readdir, readFile, readlink } from 'node:fs/promises';
import type { Resources } from '../checks/final-state.js';
import type { Cluster } from '../cluster/cluster.js';

/** What each node holds on to now. Connections to the database are left out: their pool grows with the load and stays. */
export async function resourcesOf(cluster: Cluster): Promise<Resources[]> {
  const cursors = await openCursors(cluster); // the database does not say whose they are
  const ports = new Set(cluster.mongo.members.map(({ port }) => port));
  const running = cluster.nodes.filter(({ pid }) => pid !== null);
  return Promise.all(
    running.map(async ({ index, pid }) => {
      const pooled = await connectionsTo(ports, Number(pid));
      const files = await filesOf(Number(pid));
      const kept = files.filter((file) => !pooled.has(file));
      const sockets = kept.filter((file) => file.startsWith('socket:')).length;
      return { node: String(index), rssMb: await rssOf(Number(pid)), sockets, fileDescriptors: kept.length, cursors };
    }),
  );
}

async function filesOf(pid: number): Promise<string[]> {
  const numbers = await readdir(`/proc/${pid}/fd`);
  return Promise.all(numbers.map((number) => readlink(`/proc/${pid}/fd/${number}`).catch(() => '')));
}

async function rssOf(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  return Math.round(Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1] ?? 0) / 1024);
}

/** The connections to these ports, as the files of a process name them. */
async function connectionsTo(ports: ReadonlySet<number>, pid: number): Promise<Set<string>> {
  const lines = (await readFile(`/proc/${pid}/net/tcp`, 'utf8')).split('\n').slice(1);
  const found = lines.map((line) => line.trim().split(/\s+/));
  const remotePort = ([, , remote = '']: string[]) => Number.parseInt(remote.split(':')[1] ?? '', 16);
  return new Set(found.filter((fields) => ports.has(remotePort(fields))).map((fields) => `socket:[${fields[9]}]`));
}

async function openCursors({ mongo }: Cluster): Promise<number> {
  const status = await mongo.db.admin().command({ serverStatus: 1 });
  return Number(status.metrics?.cursor?.open?.total ?? 0);
}
