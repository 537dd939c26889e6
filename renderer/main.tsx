import { createRoot } from 'react-dom/client';
import { App } from './app.tsx';
import { canAct, plumblineClient } from './client/bridge.ts';
import { pageOf } from './page.tsx';

const container = document.getElementById('root');
if (container === null) throw new Error('index.html has no element with the id "root"');

const root = createRoot(container);
if (canAct) root.render(pageOf(plumblineClient(), null, <App />));
// The app's own windows do not pay for what a browser needs.
else void import('./browser-view.tsx').then(({ openBrowserView }) => openBrowserView(root));
