import type { AlertEventType } from '../../../domain/alerts/events.js';
import type { AnyRecordedEvent } from '../../../domain/log/any-event.js';
import type { AlertLife, AlertStep } from './alert.js';
import { changed, raised, type Said } from './changed.js';

export type { Alert, AlertLife, AlertStep, StepContext } from './alert.js';
export { nextStepOn } from './ladder.js';
export { alertSteps } from './steps.js';

/** The state of a project without any alert. */
export function emptyLife(project: string): AlertLife {
  return { project, revision: -1, alerts: [] };
}

/** The state after one more event of the stream `alerts-{projectId}`; the given one is not changed. */
export function applyToLife(life: AlertLife, event: AnyRecordedEvent<AlertEventType>): AlertLife {
  const { recordedAt: at, by, id: entry, position, revision } = event;
  return { ...withStep(life, event, { on: event.entry.asOf, at, by, entry, position }), revision };
}

/** The state after a step, recorded or not; its revision is not changed. */
export function withStep(life: AlertLife, step: AlertStep, said: Said): AlertLife {
  switch (step.type) {
    case 'AlertRaised': {
      const before = life.alerts.find(({ alert }) => alert === step.data.alert);
      const opened = raised(life.project, step.data, said, before);
      if (!before) return { ...life, alerts: [...life.alerts, opened] };
      return { ...life, alerts: life.alerts.map((alert) => (alert === before ? opened : alert)) };
    }
    case 'AlertEscalated':
    case 'AlertRevised':
    case 'AlertReminded':
    case 'AlertAcknowledged':
    case 'AlertSilenced':
    case 'AlertMuted':
    case 'AlertCleared': {
      const { alert: id } = step.data;
      return {
        ...life,
        alerts: life.alerts.map((alert) => (alert.alert === id ? changed(alert, step, said) : alert)),
      };
    }
    case 'NoticeSent':
    case 'NoticeFailed':
      return life;
  }
}
