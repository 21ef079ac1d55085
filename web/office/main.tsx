import '../shared/trusted.js';
import './mantine.css';
import '../shared/tokens.css';
import './office.css';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { setNonce } from 'get-nonce';
import { StrictMode } from 'react';
import { flushSync } from 'react-dom';
import { createRoot } from 'react-dom/client';
import { Router } from 'wouter';
import { onCaller } from '../shared/caller.js';
import { pathHere, useHashPath, useHashSearch } from '../shared/place.js';
import { Problem } from '../shared/problem.js';
import { serviceReach } from '../shared/reach.js';
import { may, ownSelf } from '../shared/self.js';
import { Gate } from '../sign-in/gate.js';
import { Coloured } from './coloured.js';
import { firstHere } from './first/first-here.js';
import { takeFirst } from './first/take-first.js';
import { usedEarly } from './first/used-early.js';
import { Office } from './office.js';
import { PartNotLoaded } from './room.js';
import { screens } from './screens.js';

const nonce = document.querySelector<HTMLMetaElement>('meta[name=style-nonce]')?.content ?? '';
// The scroll lock of a dialogue adds a style element of its own.
setNonce(nonce);

/** How often what the service still computes is asked for again, in milliseconds. */
const notYetMs = 5_000;

const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 5_000,
      retry: (failures, error) => failures < 2 && error instanceof Problem && error.isPassing,
      refetchInterval: ({ state: { error } }) =>
        error instanceof Problem && error.isNotYet ? notYetMs : false,
    },
  },
});

// Queries that failed while the service was away are repeated.
serviceReach.onReturn(() => void queries.invalidateQueries());
// So are those that were refused before a sign-in.
onCaller(() => void queries.invalidateQueries());
for (const change of ['online', 'offline']) addEventListener(change, () => serviceReach.doubt());

const office = document.getElementById('office') as HTMLElement;
const first = firstHere();
if (first) {
  ownSelf.become(first.self);
  takeFirst(first, queries);
} else {
  // What the service drew is not what was asked for.
  office.replaceChildren();
  delete document.documentElement.dataset.elsewhere;
}

const opened = screens.find(({ path }) => path === pathHere());
const self = ownSelf.current()?.self;
// A known user is not served the data of a screen that they may not use.
if (!self || (opened?.needs ?? []).some((need) => may(self, need))) opened?.prepare?.(queries);
// What the service drew stays until the same can take its place.
if (first) await opened?.load?.().catch(() => undefined);

const root = createRoot(office, {
  // Errors shown on the screen need no line on the console.
  onCaughtError: (error) => error instanceof PartNotLoaded || console.error(error),
});
const page = (
  <StrictMode>
    <QueryClientProvider client={queries}>
      <Coloured nonce={nonce}>
        <Router hook={useHashPath} searchHook={useHashSearch}>
          <Gate>
            <Office />
          </Gate>
        </Router>
      </Coloured>
    </QueryClientProvider>
  </StrictMode>
);
const doAgain = usedEarly(office);
flushSync(() => root.render(page));
doAgain();
