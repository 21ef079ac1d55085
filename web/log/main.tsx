import '../shared/trusted.js';
import '../shared/tokens.css';
import '../shared/scheme.js';
import './log.css';
import './outbox/outbox.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { Gate } from '../sign-in/gate.js';
import { AroundLog, startSending } from './around.js';
import { Log } from './log.js';

createRoot(document.getElementById('root') as HTMLElement).render(
  <StrictMode>
    <AroundLog>
      <Gate mayWait>
        <Log />
      </Gate>
    </AroundLog>
  </StrictMode>,
);
startSending();

// Without HTTPS there are no service workers; the log then works only while the page is open.
if (import.meta.env.PROD && 'serviceWorker' in navigator)
  void navigator.serviceWorker.register('/log/offline.js', { scope: '/log/' });
