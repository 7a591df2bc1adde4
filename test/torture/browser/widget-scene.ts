import type { Scene } from '../faults/fault.js';
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
