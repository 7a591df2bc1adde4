import { createAgentClient } from '@helpline/sdk/agent';
import './app.js';
import { Store } from './store.js';
import { language } from './texts.js';

document.documentElement.lang = language;
const app = document.createElement('console-app');
app.store = new Store(createAgentClient({ serverUrl: location.origin }));
document.body.append(app);
