import { createAgentClient } from '@helpline/sdk/agent';
import './app.js';
import { refuseStrayDrops } from './files/take-files.js';
import { Store } from './store.js';
import { language } from './texts.js';

document.documentElement.lang = language;
refuseStrayDrops();
const app = document.createElement('console-app');
app.store = new Store(createAgentClient({ serverUrl: location.origin }));
document.body.append(app);
