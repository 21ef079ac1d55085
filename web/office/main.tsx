import '../shared/trusted.js';
import '@mantine/core/styles.css';
import '../shared/tokens.css';
import './office.css';
import { MantineProvider } from '@mantine/core';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { setNonce } from 'get-nonce';
import { type ReactNode, StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { Router } from 'wouter';
import { onCaller } from '../shared/caller.js';
import { pathHere, useHashPath, useHashSearch } from '../shared/place.js';
import { Problem } from '../shared/problem.js';
import { serviceReach } from '../shared/reach.js';
import { useScheme } from '../shared/scheme.js';
import { may, ownSelf } from '../shared/self.js';
import { Gate } from '../sign-in/gate.js';
import { Office } from './office.js';
import { PartNotLoaded } from './room.js';
import { screens } from './screens.js';
import { theme } from './theme.js';

const nonce = document.querySelector<HTMLMetaElement>('meta[name=style-nonce]')?.content ?? '';
// The scroll lock of a dialogue adds a style element of its own.
setNonce(nonce);

const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 5_000,
      retry: (failures, error) => failures < 2 && error instanceof Problem && error.isPassing,
    },
  },
});

// Queries that failed while the service was away are repeated.
serviceReach.onReturn(() => void queries.invalidateQueries());
// So are those that were refused before a sign-in.
onCaller(() => void queries.invalidateQueries());
for (const change of ['online', 'offline']) addEventListener(change, () => serviceReach.doubt());

const opened = screens.find(({ path }) => path === pathHere());
const self = ownSelf.current()?.self;
// A known user is not served the data of a screen that they may not use.
if (!self || (opened?.needs ?? []).some((need) => may(self, need))) opened?.prepare?.(queries);

createRoot(document.getElementById('office') as HTMLElement, {
  // Errors shown on the screen need no line on the console.
  onCaughtError: (error) => error instanceof PartNotLoaded || console.error(error),
}).render(
  <StrictMode>
    <QueryClientProvider client={queries}>
      <Coloured>
        <Router hook={useHashPath} searchHook={useHashSearch}>
          <Gate>
            <Office />
          </Gate>
        </Router>
      </Coloured>
    </QueryClientProvider>
  </StrictMode>,
);

/** The parts of Mantine, in the scheme that the page shows. */
function Coloured({ children }: { children: ReactNode }) {
  return (
    <MantineProvider theme={theme} getStyleNonce={() => nonce} forceColorScheme={useScheme()}>
      {children}
    </MantineProvider>
  );
}
