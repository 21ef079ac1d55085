import { MantineProvider } from '@mantine/core';
import type { ReactNode } from 'react';
import { useScheme } from '../shared/scheme.js';
import { theme } from './theme.js';

/** The parts of Mantine, in the scheme that the page shows. @param nonce of the answer, for the styles that they add */
export function Coloured({ nonce, children }: { nonce: string; children: ReactNode }) {
  return (
    <MantineProvider theme={theme} getStyleNonce={() => nonce} forceColorScheme={useScheme()}>
      {children}
    </MantineProvider>
  );
}
