import { createHash } from 'node:crypto';
import { chmod, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';

const OTHERS_MAY_PASS = 0o001;

/**
 * Where the mail lies: in the folder given. Started by root, Dovecot reads mail as an unprivileged user, who cannot
 * pass through a closed folder such as root's home; then it lies in the system's folder for data.
 */
export async function findMailHome(dir: string, startedByRoot: boolean): Promise<string> {
  if (!startedByRoot) return join(dir, 'mail');
  await chmod(dir, 0o711);
  if (await isOpen(dirname(dir))) return join(dir, 'mail');
  const name = createHash('sha256').update(dir).digest('hex').slice(0, 12);
  return join('/var/lib/helpline-mail', name);
}

async function isOpen(dir: string): Promise<boolean> {
  if (((await stat(dir)).mode & OTHERS_MAY_PASS) === 0) return false;
  return dir === dirname(dir) || isOpen(dirname(dir));
}
