import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { renderToStaticMarkup } from 'react-dom/server.browser';
import { Router } from 'wouter';
import type { FirstDrawing } from '../../../src/http/page/first-drawing.js';
import { chooseLanguage } from '../../shared/language.js';
import { useHashPath, useHashSearch } from '../../shared/place.js';
import { ownSelf } from '../../shared/self.js';
import { Coloured } from '../coloured.js';
import District from '../district/district.js';
import { needsListed } from '../district/needs/needs-query.js';
import { Frame } from '../frame/frame.js';
import { ClosedChip } from '../time/time-control.js';
import { stylesApart } from './styles-apart.js';
import { takeFirst } from './take-first.js';

export { needsListed };

/** Draws the first screen with the parts that draw it in the browser, so that both say the same in the same words. */
export const draw: FirstDrawing['draw'] = (answers, language, nonce) => {
  const queries = new QueryClient();
  chooseLanguage(language);
  ownSelf.become(answers.self);
  takeFirst(answers, queries);
  const html = renderToStaticMarkup(
    <QueryClientProvider client={queries}>
      <Coloured nonce={nonce}>
        <Router hook={useHashPath} searchHook={useHashSearch}>
          <Frame clocks={<ClosedChip today={answers.index.today.on} />}>
            <District />
          </Frame>
        </Router>
      </Coloured>
    </QueryClientProvider>,
  );
  return stylesApart(html, nonce);
};
