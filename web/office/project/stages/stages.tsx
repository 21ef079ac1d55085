import { Modal } from '@mantine/core';
import { memo, useMemo, useRef, useState } from 'react';
import type { RecordedEvent } from '../../../../domain/project/events.js';
import { stageWords } from '../../../../domain/project/facts/stage-entered.js';
import type { LifeStage } from '../../../../domain/project/stages.js';
import type { Day } from '../../../../domain/values/days/calendar.js';
import { shortDayWords } from '../../../shared/figures.js';
import { useLanguage } from '../../../shared/language.js';
import { Evidence } from '../../evidence/evidence.js';
import { useProjectTexts } from '../texts.js';
import { LogStage } from './log-stage.js';
import { stageSteps } from './stage-steps.js';
import styles from './stages.module.css';

/** The stages of a project from left to right; one that is not entered is logged here. */
export const Stages = memo(
  ({
    project,
    entries,
    asOf,
    mayLog,
  }: {
    project: string;
    /** In log order, as known at the moment shown. */
    entries: readonly RecordedEvent[];
    asOf: Day;
    /** The user may log, and the present is shown. */
    mayLog: boolean;
  }) => {
    const say = useProjectTexts();
    const language = useLanguage();
    const steps = useMemo(() => stageSteps(entries, asOf), [entries, asOf]);
    const [opened, setOpened] = useState<LifeStage>();
    const opener = useRef<HTMLButtonElement>(null);
    const last = steps.findLastIndex(({ enteredOn }) => enteredOn !== undefined);
    const close = () => setOpened(undefined);
    return (
      <>
        <ol className={styles.steps} aria-label={say('stages')}>
          {steps.map(({ stage, enteredOn, entry }, index) => (
            <li
              key={stage}
              className={styles.step}
              data-entered={enteredOn !== undefined}
              data-passed={index < last}
              aria-current={index === last ? 'step' : undefined}
            >
              {enteredOn && entry ? (
                <span className={styles.entered}>
                  <Evidence title={stageWords[stage][language]} entries={[entry]}>
                    {stageWords[stage][language]}
                  </Evidence>{' '}
                  {shortDayWords(enteredOn, asOf, language)}
                </span>
              ) : mayLog ? (
                <button
                  type="button"
                  className={styles.open}
                  aria-label={say('logStage', { stage: stageWords[stage][language] })}
                  onClick={(event) => {
                    opener.current = event.currentTarget;
                    setOpened(stage);
                  }}
                >
                  {stageWords[stage][language]}
                </button>
              ) : (
                <span>{stageWords[stage][language]}</span>
              )}
            </li>
          ))}
        </ol>
        <Modal
          opened={opened !== undefined}
          onClose={close}
          title={opened && say('logStage', { stage: stageWords[opened][language] })}
          closeButtonProps={{ 'aria-label': say('close') }}
        >
          {opened && <LogStage project={project} stage={opened} today={asOf} onEnd={close} />}
        </Modal>
      </>
    );
  },
);
