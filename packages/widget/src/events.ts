import type { ChatMessage } from './chat-session.js';
import type { HelplineChat } from './helpline-chat.js';

export interface HelplineMessage {
  message: ChatMessage;
  direction: 'incoming' | 'outgoing';
}

interface HelplineEvents {
  'helpline-open': CustomEvent<undefined>;
  'helpline-close': CustomEvent<undefined>;
  'helpline-message': CustomEvent<HelplineMessage>;
  'helpline-unread': CustomEvent<{ count: number }>;
}

declare global {
  interface HTMLElementTagNameMap {
    'helpline-chat': HelplineChat;
  }
  interface HTMLElementEventMap extends HelplineEvents {}
}
