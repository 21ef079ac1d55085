import { Button } from '@mantine/core';
import { lazy, Suspense, useMemo, useRef, useState } from 'react';
import { ruleWords } from '../../../projections/alerts/happening-words.js';
import { alertFigure } from '../../../projections/explanation/alert-figure.js';
import { useLanguage } from '../../shared/language.js';
import { Failure } from '../parts/failure.js';
import { part } from '../room.js';
import { useReplay } from '../use/use-replay.js';
import type { AlertShown } from './alert-answers.js';
import { useAlertTexts } from './texts.js';

const ExplainedDrawer = lazy(() => part(() => import('../evidence/explained-drawer.js')));

/** A button that opens what an alert counted, with its limits, beside the page; the project is folded on demand. */
export function AlertWhy({ alert, asOf }: { alert: AlertShown; asOf: string }) {
  const say = useAlertTexts();
  const language = useLanguage();
  const [isWanted, setWanted] = useState(false);
  const [isOpen, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const { replay, error, askAgain } = useReplay(isWanted ? alert.project : undefined);
  const moment = useMemo(() => replay?.explainedAt(asOf), [replay, asOf]);
  return (
    <>
      <Button
        ref={button}
        size="compact-sm"
        variant="subtle"
        loading={isOpen && !moment && !error}
        onClick={() => {
          setWanted(true);
          setOpen(true);
        }}
      >
        {say('whyInFull')}
      </Button>
      {isOpen && error && <Failure error={error} onAgain={askAgain} />}
      {moment && (
        <Suspense>
          <ExplainedDrawer
            isOpen={isOpen}
            title={ruleWords[alert.rule][language]}
            figure={alertFigure(alert)}
            moment={moment}
            onClose={() => setOpen(false)}
            onClosed={() => button.current?.focus()}
          />
        </Suspense>
      )}
    </>
  );
}
