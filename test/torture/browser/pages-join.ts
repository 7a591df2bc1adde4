import { password } from '../cluster/people.js';
import type { Scene } from '../faults/fault.js';
import { ConsoleAgent } from './console-agent.js';
import { WidgetVisitor, type WidgetVisitorOptions } from './widget-visitor.js';

type Particulars = Pick<WidgetVisitorOptions, 'everyMs' | 'tabOf' | 'prepare'> & { node?: number };

/** Lets a visitor with a widget join, and waits until he has a conversation. */
export async function widgetJoins(
  scene: Scene,
  who: string,
  { node = 0, ...rest }: Particulars = {},
): Promise<WidgetVisitor> {
  const { history, random, epoch, cluster } = scene;
  const name = `${who}-e${epoch}`;
  const port = Number(new URL(cluster.clientUrl(node)).port);
  const visitor = new WidgetVisitor({ name, history, random: random.fork(name), port, ...rest });
  await scene.join(visitor);
  if (!(await visitor.sees(await visitor.say(), 'sent'))) scene.report('a widget could not begin a conversation', name);
  return visitor;
}

/** Lets an agent at a console join, who has this visitor's conversation open. */
export async function consoleJoins(scene: Scene, visitor: WidgetVisitor): Promise<void> {
  const { history, random, epoch, cluster } = scene;
  const agentId = 'dana'; // she may see everything, so also what others were given
  const name = `console-e${epoch}`;
  const port = Number(new URL(cluster.clientUrl(1)).port);
  const account = { agentId, email: `${agentId}@helpline.example`, password };
  const follows = () => visitor.notes.conv;
  await scene.join(
    new ConsoleAgent({ name, ...account, history, random: random.fork(name), port, follows, everyMs: 1_500 }),
  );
}
