import type { Step } from '../../testing/explore.js';
import {
  append,
  endSlot,
  freshId,
  idle,
  type Node,
  queued,
  type Rules,
  spend,
  stands,
  tell,
  type Work,
  type World,
  withAgent,
  withConversation,
  withNode,
} from './world.js';

export function happens(world: World): Step<World>[] {
  const { conversations, luck, agents } = world;
  const steps: Step<World>[] = [];
  const next = conversations.findIndex(({ log }) => log.length === 0);
  if (next >= 0)
    steps.push({ what: `conversation ${next} comes`, to: append(world, next, 0, queued(world)), maybe: true });
  for (const n of world.nodes.keys()) {
    for (const [c, { log }] of conversations.entries()) {
      const now = log.at(-1);
      if (now && now.handler !== 'none' && luck.resolves > 0) {
        const to = append(spend(world, 'resolves'), c, n, { ...now, handler: 'none', since: null });
        steps.push({ what: `conversation ${c} is resolved`, to, maybe: true });
      }
      if (n === 0 && now?.handler === 'none' && luck.returns > 0) {
        const to = append(spend(world, 'returns'), c, n, queued(world));
        steps.push({ what: `the customer of ${c} writes again`, to, maybe: true });
      }
    }
  }
  for (const [a, agent] of agents.entries())
    if (agent.isAvailable && luck.leaves > 0) {
      const to = withAgent(spend(world, 'leaves'), a, { ...agent, isAvailable: false });
      steps.push({ what: `agent ${a} leaves`, to, maybe: true });
    }
  return steps;
}

export function byAPerson(world: World, node: Node, n: number): Step<World>[] {
  if (world.luck.byHand === 0 || node.beside) return [];
  return world.conversations.flatMap(({ log, cached }, c) => {
    const seen = (cached[n] ?? 0) || log.length;
    const now = log[seen - 1];
    if (!now || now.handler === 'none') return [];
    return world.agents.flatMap((_, agent): Step<World>[] => {
      if (now.agent === agent) return [];
      const as = freshId(world, c);
      const work: Work = { is: 'hand', next: 'take', conversation: c, agent, as, at: seen + 1 };
      const to = withNode(spend(world, 'byHand'), n, { ...node, beside: work });
      return [{ what: `at node ${n} somebody gives ${c} to agent ${agent} as ${work.as}`, to, maybe: true }];
    });
  });
}

export function ends(world: World, n: number): Step<World>[] {
  if (world.luck.crashes === 0) return [];
  const conversations = world.conversations.map((one) => ({ ...one, cached: one.cached.with(n, 0) }));
  const to = withNode({ ...spend(world, 'crashes'), conversations }, n, idle());
  return [{ what: `node ${n} ends and starts anew`, to, maybe: true }];
}

/** Node 0 on the journal's tail: it brings the projection up, and gives back the slots of what ended. */
export function follows(rule: Rules, world: World): Step<World>[] {
  return world.conversations.flatMap((conversation, c): Step<World>[] => {
    const { log, projected, released, cached } = conversation;
    const steps: Step<World>[] = [];
    if (projected < log.length) {
      const known = Math.max(cached[0] ?? 0, projected + 1);
      const to = withConversation(world, c, { ...conversation, projected: known, cached: cached.with(0, known) });
      const isQueued = log[known - 1]?.handler === 'queue';
      steps.push({ what: `${c} is projected up to ${known}`, to: isQueued ? tell(rule, to, 0) : to });
    }
    if (released < log.length) steps.push({ what: `slots of ${c} are released`, to: release(rule, world, c) });
    return steps;
  });
}

function release(rule: Rules, world: World, c: number): World {
  const conversation = world.conversations[c];
  if (!conversation) return world;
  const { log, released, cached } = conversation;
  let to = withConversation(world, c, { ...conversation, released: released + 1 });
  for (const [a, { slots }] of world.agents.entries()) {
    for (const slot of slots.filter((one) => one.conversation === c)) {
      const made = log.findIndex(({ as }) => as === slot.as) + 1;
      const known = Math.max(made, rule.releasesOn(cached[0] ?? 0, log.length));
      if (made > 0 && !stands(log[known - 1], slot)) to = endSlot(rule, to, a, slot, 0);
    }
  }
  return to;
}

/** Any slot may be older than the claim that took it usually lives. */
export function settles(rule: Rules, world: World, n: number): Step<World>[] {
  const node = world.nodes[n];
  if (!node || node.beside) return [];
  return world.agents.flatMap(({ slots }, agent) =>
    slots.flatMap(({ conversation: c, as, at }): Step<World>[] => {
      const conversation = world.conversations[c];
      const known = rule.releasesOn(conversation?.cached[n] ?? 0, conversation?.log.length ?? 0);
      if (stands(conversation?.log[known - 1], { as })) return [];
      const work: Work = { is: 'settle', next: 'assign', conversation: c, agent, as, at };
      return [
        { what: `node ${n} finds the old slot ${as} of ${c}`, to: withNode(world, n, { ...node, beside: work }) },
      ];
    }),
  );
}
