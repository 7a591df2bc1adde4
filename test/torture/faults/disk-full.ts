import { execFile, execFileSync } from 'node:child_process';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { atExit } from '../cluster/at-exit.js';
import type { MongoMember } from '../cluster/mongo-member.js';
import type { MongoSet } from '../cluster/mongo-set.js';
import type { Fault } from './fault.js';

const run = promisify(execFile);
const spareMb = 64;

/** The primary's data lie on a disk of their own, which is filled up to the last byte. */
export const diskFull: Fault = {
  id: 'F17',
  title: "the primary's disk is full",
  meets: ['mongo'],
  long: true,
  async inject({ cluster: { mongo, dir } }) {
    const [member] = await mongo.secondaries();
    if (!member) return async () => {};
    const usual = member.dbPath;
    const disk = await moveToSmallDisk(member, join(dir, 'small-disk'));
    await makePrimary(mongo, member);
    await fill(disk.path);
    void writeOut(member);
    return async () => {
      await rm(join(disk.path, 'filling'), { force: true });
      await member.kill();
      member.dbPath = usual; // behind by some seconds, as after any absence
      await member.start();
      await mongo.primary();
      disk.remove();
    };
  },
};

async function moveToSmallDisk(member: MongoMember, path: string): Promise<{ path: string; remove: () => void }> {
  await member.kill();
  const { stdout } = await run('du', ['-sm', member.dbPath]);
  await mkdir(path);
  await run('mount', ['-t', 'tmpfs', '-o', `size=${Number.parseInt(stdout, 10) + spareMb}m`, 'none', path]);
  const remove = atExit(() => execFileSync('umount', ['--lazy', path]));
  await run('cp', ['-a', `${member.dbPath}/.`, path]);
  member.dbPath = path;
  await member.start();
  return { path, remove };
}

/** It may first have to catch up with the others. */
async function makePrimary(mongo: MongoSet, member: MongoMember): Promise<void> {
  while ((await mongo.primary()) !== member) {
    await member.admin({ replSetStepUp: 1 }).catch(() => {});
    await sleep(500);
  }
}

async function fill(path: string): Promise<void> {
  const block = Buffer.alloc(1024 * 1024, 1);
  for (const size of [block.length, 4096]) while (await hasRoomFor(block.subarray(0, size), join(path, 'filling')));
}

async function hasRoomFor(block: Buffer, file: string): Promise<boolean> {
  try {
    await writeFile(file, block, { flag: 'a' });
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOSPC') return false;
    throw error;
  }
}

/** Data reach the disk once a minute; nobody waits for that here. */
async function writeOut(member: MongoMember): Promise<void> {
  while (member.pid !== null) {
    await member.admin({ fsync: 1 }).catch(() => {});
    await sleep(200);
  }
}
