import type { Explanation, RoutingReason } from '@helpline/protocol';
import { emulateMedia, setViewport } from '@web/test-runner-commands';
import { assert } from 'chai';
import { assertAccessible } from '../testing/accessible.js';
import { closeDesks, control, type Desk, find, get, openAnasChat, texts, until } from '../testing/desk.js';
import { refusal } from '../testing/fake-client.js';
import { ben, carla } from '../testing/people.js';

const reason = (more: Partial<RoutingReason> = {}): RoutingReason => ({
  policy: 'balanced/3',
  candidates: [
    { agentId: ben.id, chosen: false, why: 'at_capacity', open: 3, capacity: 3 },
    { agentId: carla.id, chosen: false, why: 'lacks_skill', open: 0, capacity: 5 },
  ],
  ...more,
});

const waiting = (more: Partial<NonNullable<Explanation['waiting']>> = {}): Explanation => ({
  decisions: [],
  waiting: { since: '2026-03-02T09:00:00Z', of: null, skills: [], reason: reason(), next: [], ...more },
});

const inQueue = { handler: 'queue', assigneeId: null } as const;

async function openWhy(explanation: Explanation | null, given: Parameters<typeof openAnasChat>[1]): Promise<Desk> {
  const desk = await openAnasChat([], given);
  desk.chat.explanation = explanation;
  if (!explanation) desk.chat.explain = () => Promise.reject(refusal('forbidden'));
  document.dispatchEvent(new KeyboardEvent('keydown', { key: 'w', bubbles: true }));
  await until(() => find(desk, 'console-explain-dialog dialog[open]') !== null);
  return desk;
}

const said = (desk: Desk): string => texts(desk, 'console-explain-dialog .body').join(' ');

describe('why', () => {
  afterEach(async () => {
    closeDesks();
    document.documentElement.dir = '';
    await emulateMedia({ colorScheme: 'light' });
    await setViewport({ width: 1400, height: 900 });
  });

  it('tells for whoever waits what keeps each agent from him, and what comes next', async () => {
    const next = [
      { kind: 'skills_relaxed', at: '2026-03-02T09:15:00Z' } as const,
      { kind: 'overflow', at: '2026-03-02T09:30:00Z', teamId: 'billing' } as const,
    ];
    const desk = await openWhy(waiting({ next, skills: [{ skill: 'de', level: 3 }] }), inQueue);
    await until(() => said(desk).includes('Nobody who is there can take it now.'));
    assert.equal(texts(desk, 'console-explain-dialog h2')[0], 'Why is nobody on it?');
    assert.include(said(desk), 'Whoever gets it must know: de (3).');
    assert.deepEqual(texts(desk, 'console-explain-dialog tbody th'), [ben.name, carla.name]);
    assert.deepEqual(texts(desk, 'console-explain-dialog tbody td:nth-child(2)'), [
      'is at capacity',
      'lacks a skill it needs',
    ]);
    const steps = texts(desk, 'console-explain-dialog li');
    assert.match(steps[0] ?? '', /skills are asked for no more$/);
    assert.match(steps[1] ?? '', /it goes on to/);
  });

  it('tells that it is closed, or held for somebody', async () => {
    const closed = await openWhy(waiting({ reason: reason({ blocked: 'closed' }) }), inQueue);
    await until(() => said(closed).includes('It is closed now: nothing is given out.'));
    closeDesks();
    const at = new Date(Date.now() + 20_000).toISOString();
    const held = await openWhy(waiting({ next: [{ kind: 'offer_ends', at, agentId: carla.id }] }), inQueue);
    await until(() => said(held).includes(`It is held for ${carla.name} until`));
  });

  it('tells whoever has it why he does and his colleague does not', async () => {
    const candidates: RoutingReason['candidates'] = [
      { agentId: ben.id, chosen: true, why: 'least_loaded', open: 1, capacity: 3 },
      { agentId: carla.id, chosen: false, why: 'more_loaded', open: 2, capacity: 5 },
    ];
    const decision = {
      at: '2026-03-02T09:00:00Z',
      by: { kind: 'system', id: 'routing' } as const,
      kind: 'assigned' as const,
      agentId: ben.id,
    };
    const decisions = [{ ...decision, reason: reason({ candidates, others: 4 }) }];
    const desk = await openWhy({ waiting: null, decisions }, { handler: 'agent', assigneeId: ben.id });
    await until(() => said(desk).includes('chosen: has the least to do'));
    assert.equal(texts(desk, 'console-explain-dialog h2')[0], 'Why me?');
    assert.include(said(desk), 'has more to do');
    assert.include(said(desk), '4 more were looked at.');
  });

  it('tells who decided where no rule did', async () => {
    const by = { kind: 'agent', id: carla.id, name: carla.name } as const;
    const decisions = [{ at: '2026-03-02T09:00:00Z', by, kind: 'assigned' as const, agentId: ben.id, reason: null }];
    const desk = await openWhy({ waiting: null, decisions }, { handler: 'agent', assigneeId: ben.id });
    await until(() => said(desk).includes(`${carla.name} decided this, not a rule.`));
  });

  it('says so where one may not know, or it can’t be loaded', async () => {
    const desk = await openWhy(null, inQueue);
    await until(() => find(desk, 'console-explain-dialog [role=alert]') !== null);
  });

  it('is asked by a button too, and closed by Escape', async () => {
    const desk = await openAnasChat([], inQueue);
    desk.chat.explanation = waiting();
    control(desk, 'Why is nobody on it?').click();
    await until(() => find(desk, 'console-explain-dialog dialog[open]') !== null);
    get(desk, 'console-explain-dialog button').click();
    await until(() => find(desk, 'console-explain-dialog dialog[open]') === null);
  });

  for (const colorScheme of ['light', 'dark'] as const)
    it(`is for everybody, ${colorScheme}`, async () => {
      await emulateMedia({ colorScheme });
      const desk = await openWhy(waiting(), inQueue);
      await until(() => said(desk).includes('Nobody who is there'));
      await assertAccessible();
    });

  it('is for everybody on a narrow screen, from right to left', async () => {
    document.documentElement.dir = 'rtl';
    await setViewport({ width: 320, height: 640 });
    const desk = await openWhy(waiting(), inQueue);
    await until(() => said(desk).includes('Nobody who is there'));
    assert.isAtMost(get(desk, 'console-explain-dialog dialog').scrollWidth, 320);
    await assertAccessible();
  });
});
