import type { ChannelName } from './schemas/common.js';
import type { Agent } from './schemas/entities.js';

type Capacity = Pick<Agent, 'capacity' | 'isTrainee' | 'used' | 'atOnce'>;

/** How much of a channel somebody may be given; a trainee has half of his capacity, rounded up. */
export const limitOf = (
  { capacity, isTrainee }: Pick<Capacity, 'capacity' | 'isTrainee'>,
  channel: ChannelName,
): number => (isTrainee ? Math.ceil(capacity[channel] / 2) : capacity[channel]);

/** Whether he may be given one more of the channel. */
export const hasRoom = (agent: Capacity, channel: ChannelName): boolean =>
  agent.used[channel] < limitOf(agent, channel) && inAll(agent.used) < (agent.atOnce ?? Number.POSITIVE_INFINITY);

const inAll = ({ chat, email }: Record<ChannelName, number>): number => chat + email;
