import { HelplineChat } from './helpline-chat.js';
import { addElementFor, whenPageIsRead } from './snippet.js';

export type { ChatClient, ChatMessage } from './chat-session.js';
export type { HelplineMessage } from './events.js';
export { HelplineChat } from './helpline-chat.js';

if (!customElements.get('helpline-chat')) customElements.define('helpline-chat', HelplineChat);
whenPageIsRead(() => addElementFor(import.meta.url));
