import type { Availability, AvailabilityReason } from '@helpline/protocol';
import type { Collection, Database } from '../platform/database.js';
import { DeskError, notFound } from '../platform/errors.js';
import { derivedId } from '../platform/ids.js';
import type { Reason } from './store.js';

interface StoredReason extends Omit<AvailabilityReason, 'id'> {
  _id: string;
  workspaceId: string;
}

const atMost = 50;

/** Why people of a workspace are busy, on a break or in training, in its own words. What was said with one keeps its name. */
export class Reasons {
  readonly #reasons: Collection<StoredReason>;

  constructor(db: Database) {
    this.#reasons = db.collection<StoredReason>('availabilityReasons');
  }

  async prepare(): Promise<void> {
    await this.#reasons.createIndex({ workspaceId: 1 });
  }

  async all(workspaceId: string): Promise<AvailabilityReason[]> {
    const reasons = await this.#reasons.find({ workspaceId }).sort({ availability: 1, name: 1 }).toArray();
    return reasons.map(({ _id, availability, name }) => ({ id: _id, availability, name }));
  }

  /** One of the same name is the same one. Throws `unprocessable` where there are too many. */
  async add(workspaceId: string, { availability, name }: Omit<AvailabilityReason, 'id'>): Promise<AvailabilityReason> {
    const id = derivedId('availability reason', workspaceId, availability, name);
    if ((await this.#reasons.countDocuments({ workspaceId, _id: { $ne: id } })) >= atMost)
      throw new DeskError('unprocessable', { detail: `There may be ${atMost} reasons.` });
    await this.#reasons.updateOne({ _id: id }, { $set: { workspaceId, availability, name } }, { upsert: true });
    return { id, availability, name };
  }

  /** Throws `not_found`. */
  async remove(workspaceId: string, reasonId: string): Promise<void> {
    const { deletedCount } = await this.#reasons.deleteOne({ _id: reasonId, workspaceId });
    if (deletedCount === 0) throw notFound();
  }

  /** Throws `unprocessable` if it is none for being so. */
  async forBeing(workspaceId: string, availability: Availability, reasonId: string): Promise<Reason> {
    const reason = await this.#reasons.findOne({ _id: reasonId, workspaceId });
    if (!reason || reason.availability !== availability)
      throw new DeskError('unprocessable', { detail: 'This is no reason for that availability.' });
    return { id: reason._id, name: reason.name };
  }
}
