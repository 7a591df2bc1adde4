import argon2 from 'argon2';
import { DeskError } from '../platform/errors.js';
import { hashOf, newSecret } from '../platform/ids.js';
import type { StaffMember, StaffStore } from './store.js';

export const sessionDays = 14;

export const passwordHash = (password: string): Promise<string> => argon2.hash(password);

/** A hash of nobody's password, so that an unknown address takes as long as a wrong password. */
const nobody = passwordHash(newSecret());

/** Gives the session's token, to be kept in the cookie. Throws `wrong_credentials`, for a wrong address and a wrong password alike. */
export async function signIn(
  store: StaffStore,
  email: string,
  password: string,
): Promise<{ member: StaffMember; token: string }> {
  const member = await store.agents.findOne({ email });
  const right = await argon2.verify(member?.passwordHash ?? (await nobody), password);
  if (!member || member.leftAt || !right) throw new DeskError('wrong_credentials');
  const token = newSecret();
  const expiresAt = new Date(Date.now() + sessionDays * 24 * 60 * 60 * 1000);
  await store.sessions.insertOne({ _id: hashOf(token), agentId: member._id, expiresAt });
  return { member, token };
}
