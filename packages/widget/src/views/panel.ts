import { html, nothing, type TemplateResult } from 'lit';
import type { ChatClient, ChatSession } from '../chat-session.js';
import { timeline } from '../timeline.js';
import type { Words } from '../words.js';
import { composer } from './composer.js';
import { header } from './header.js';
import { icons } from './icons.js';
import { leaveForm } from './leave-form.js';
import { logView } from './log.js';
import { banner, denial, troubleOf } from './notice.js';
import { hoursWhenClosed, waitingNote } from './waiting.js';

interface Panel {
  words: Words;
  /** Null if the page names no inbox. */
  session: ChatSession | null;
  draft: string;
  /** Whether the newest message is in sight. */
  atBottom: boolean;
  close: () => void;
  toBottom: () => void;
  write: (draft: string) => void;
  send: () => void;
}

export function panel(view: Panel): TemplateResult {
  const { words, session, close } = view;
  const failure = session ? (session.failure?.code ?? null) : 'not_found';
  const trouble = troubleOf(failure, session?.client.state ?? 'idle');
  return html`
    <dialog
      id="panel"
      class="panel"
      part="panel"
      lang=${words.language}
      aria-labelledby="title"
      @keydown=${(event: KeyboardEvent) => closeOnEscape(event, close)}
      @cancel=${(event: Event) => closeOnBack(event, close)}
    >
      ${header(session?.client.session ?? null, words, close)}
      ${banner(trouble, words, () => session?.openAgain())}
      ${trouble?.final || !session ? denial(trouble?.text ?? 'widget.unknown_inbox', words) : conversation(session, view)}
    </dialog>
  `;
}

function conversation(session: ChatSession, { words, draft, atBottom, toBottom, write, send }: Panel): TemplateResult {
  const { client, loading, typist } = session;
  const items = timeline(client.entries, client.outgoing);
  const actions = {
    retry: (clientId: string) => client.retry(clientId),
    files: { open: (n: number, index: number) => void session.openFile(n, index), failed: session.failedFile },
  };
  return html`
    ${logView({ words, items, loading, typist, actions })}
    ${!atBottom && client.unread > 0 ? newBelow(words, toBottom) : nothing}
    ${waitingNote(client, words)}
    ${asksForMessage(client) ? leaveForm({ words, leaving: session.leaving, draft, write }) : composer({ words, draft, write, send })}
  `;
}

/** Nobody is there, and nothing was said yet. */
const asksForMessage = ({ session, conversationId, outgoing }: ChatClient): boolean =>
  conversationId === null && outgoing.length === 0 && (hoursWhenClosed(session)?.asksForMessage ?? false);

function newBelow({ t }: Words, toBottom: () => void): TemplateResult {
  return html`<button class="new-below" type="button" @click=${toBottom}>${icons.down}${t('widget.new_below')}</button>`;
}

function closeOnEscape(event: KeyboardEvent, close: () => void): void {
  if (event.key !== 'Escape' || event.isComposing) return;
  event.stopPropagation();
  close();
}

/** Where the panel is modal, a phone's back button cancels it. */
function closeOnBack(event: Event, close: () => void): void {
  event.preventDefault();
  close();
}
