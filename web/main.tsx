import './zod-without-eval.ts';
import './styles/tokens.css';
import './styles/base.css';
import './styles/layout.css';
import './styles/door.css';
import './styles/conversation.css';
import './styles/turn.css';
import './styles/welcome.css';
import './styles/cards.css';
import './styles/composer.css';
import './styles/dock.css';
import './styles/panels.css';
import './styles/sessions.css';
import './styles/usage.css';
import './styles/events.css';
import './styles/today.css';
import { lazy, Suspense } from 'react';
import { createRoot } from 'react-dom/client';
import { Door } from './app/door.ts';
import { Root } from './app/root.tsx';
import { applyStoredTheme } from './app/theme.ts';

applyStoredTheme();

const root = document.getElementById('root');
if (!root) throw new Error('The page has no #root.');

const url = window.location.origin;
// Nobody has to be in to look at the receipt of an erasure.
const [, erasureId] = /^\/erasures\/([\da-f-]{36})$/.exec(window.location.pathname) ?? [];
const ReceiptPage = lazy(() => import('./sign-in/receipt-page.tsx'));
if (erasureId === undefined) {
  const door = new Door(url);
  door.open();
  createRoot(root).render(<Root door={door} url={url} />);
} else
  createRoot(root).render(
    <Suspense>
      <ReceiptPage url={url} id={erasureId} />
    </Suspense>,
  );
