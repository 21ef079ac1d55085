import type { AlertHappening } from '../../app/alerts/alerts.js';
import { type Language, localised } from '../answers/language.js';

/** One language, or both beside each other. */
export type StreamLanguage = Language | 'both';

/** One alert event in a line of the stream; `alert` is its state right after. */
export interface StreamLine<Shown> {
  position: number;
  recordedAt: string;
  type: string;
  /** Id of the event. */
  event: string;
  alert: Shown;
}

const kept = new WeakMap<AlertHappening, Map<StreamLanguage, Buffer>>();

/** An alert event as a stream event; serialized once per language for all readers. */
export function frameOf(happening: AlertHappening, language: StreamLanguage): Buffer {
  const frames = kept.get(happening) ?? new Map<StreamLanguage, Buffer>();
  const known = frames.get(language);
  if (known) return known;
  const { event, alert } = happening;
  const { position, recordedAt, type, id } = event;
  const shown = language === 'both' ? alert : localised(alert, language);
  const line: StreamLine<unknown> = { position, recordedAt, type, event: id, alert: shown };
  const frame = Buffer.from(`id: ${position}\nevent: ${type}\ndata: ${JSON.stringify(line)}\n\n`);
  kept.set(happening, frames.set(language, frame));
  return frame;
}

/** The reconnection time in milliseconds, and the position to resume from. */
export function retryFrame(retryMs: number, position?: number): Buffer {
  return Buffer.from(`retry: ${retryMs}\n${position === undefined ? '' : `id: ${position}\n`}\n`);
}

/** A heartbeat with the reader's position. */
export function heartbeatFrame(position: number): Buffer {
  return Buffer.from(`: nothing new\nid: ${position}\n\n`);
}

/** Informs a reader that its place is not in this store, and from which position it now gets events. */
export function resetFrame(position: number, seen: string): Buffer {
  const data = { position, seen, expected: 'a position of this store; read the list of alerts again' };
  return Buffer.from(`id: ${position}\nevent: reset\ndata: ${JSON.stringify(data)}\n\n`);
}
