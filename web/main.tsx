import './zod-without-eval.ts';
import './styles/tokens.css';
import './styles/base.css';
import './styles/layout.css';
import './styles/conversation.css';
import './styles/cards.css';
import './styles/composer.css';
import './styles/panels.css';
import { createRoot } from 'react-dom/client';
import { ActiveSession } from './app/active-session.ts';
import { App } from './app/app.tsx';
import { DemoLogin } from './app/demo-login.ts';
import { SessionStore } from './app/session-store.ts';
import { TaskStore } from './app/task-store.ts';
import { applyStoredTheme } from './app/theme.ts';
import { PulseClient } from './client/index.ts';

applyStoredTheme();

const root = document.getElementById('root');
if (!root) throw new Error('The page has no #root.');

const url = window.location.origin;
const login = new DemoLogin(url);
const client = new PulseClient({
  url,
  getToken: (reason) => login.token(reason),
  timezone: Intl.DateTimeFormat().resolvedOptions().timeZone,
});
const tasks = new TaskStore(client);
const sessions = new SessionStore(client);
const active = new ActiveSession(client);

createRoot(root).render(
  <App client={client} tasks={tasks} sessions={sessions} active={active} userName={login.name} />,
);
