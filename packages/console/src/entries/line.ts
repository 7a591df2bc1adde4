import type { AgentEntry } from '@helpline/protocol';
import { html, type TemplateResult } from 'lit';
import { momentOf, timeOf } from '../format.js';
import { type IconName, icon } from '../ui/icons.js';

/** Something that happened, told in one line between the messages. */
export const renderLine = (
  entry: AgentEntry,
  name: IconName,
  said: unknown,
  more: unknown = '',
): TemplateResult => html`
  <li class="event" data-seq=${entry.seq}>
    <p>
      ${icon(name)}<span>${said}</span>
      <time datetime=${entry.at} title=${momentOf(entry.at)}>${timeOf(entry.at)}</time>
    </p>
    ${more}
  </li>
`;
