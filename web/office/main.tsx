import '../shared/trusted.js';
import '@mantine/core/styles.css';
import './office.css';
import { MantineProvider } from '@mantine/core';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { setNonce } from 'get-nonce';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { Router } from 'wouter';
import { pathHere, useHashPath, useHashSearch } from '../shared/place.js';
import { Problem } from '../shared/problem.js';
import { serviceReach } from '../shared/reach.js';
import { Office } from './office.js';
import { PartNotLoaded } from './room.js';
import { screens } from './screens.js';
import { theme } from './theme.js';

const nonce = document.querySelector<HTMLMetaElement>('meta[name=style-nonce]')?.content ?? '';
// What keeps the page still behind a dialogue writes a style element of its own.
setNonce(nonce);

const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 5_000,
      retry: (failures, error) => failures < 2 && error instanceof Problem && error.isPassing,
    },
  },
});

// What was asked while it was away is asked again.
serviceReach.onReturn(() => void queries.invalidateQueries());
for (const change of ['online', 'offline']) addEventListener(change, () => serviceReach.doubt());

screens.find(({ path }) => path === pathHere())?.prepare?.(queries);

createRoot(document.getElementById('office') as HTMLElement, {
  // What is said on the screen in words needs no line of the console.
  onCaughtError: (error) => error instanceof PartNotLoaded || console.error(error),
}).render(
  <StrictMode>
    <QueryClientProvider client={queries}>
      <MantineProvider theme={theme} getStyleNonce={() => nonce} forceColorScheme="light">
        <Router hook={useHashPath} searchHook={useHashSearch}>
          <Office />
        </Router>
      </MantineProvider>
    </QueryClientProvider>
  </StrictMode>,
);
