import { readdir, readFile, readlink } from 'node:fs/promises';

/** Which of these processes has the connection that begins at this port of ours. */
export async function ownerOfPort(port: number, pids: readonly number[]): Promise<number | null> {
  const local = `:${port.toString(16).toUpperCase().padStart(4, '0')}`;
  const tables = await Promise.all(['tcp', 'tcp6'].map((name) => readFile(`/proc/net/${name}`, 'utf8')));
  const rows = tables.flatMap((table) => table.split('\n')).map((line) => line.trim().split(/\s+/));
  const sockets = new Set(rows.filter((row) => row[1]?.endsWith(local)).map((row) => `socket:[${row[9]}]`));
  for (const pid of pids) {
    const files = await readdir(`/proc/${pid}/fd`).catch(() => []);
    const links = await Promise.all(files.map((file) => readlink(`/proc/${pid}/fd/${file}`).catch(() => '')));
    if (links.some((link) => sockets.has(link))) return pid;
  }
  return null;
}
