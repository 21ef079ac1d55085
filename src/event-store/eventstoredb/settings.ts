import type { Names } from './events.js';
import type { WireRecord } from './reads.js';

/** A stream setting on the cluster; `why` is absent if it does not (or no longer) endanger the stream. */
export interface StreamSettings {
  stream: string;
  why?: string;
}

/**
 * A stream setting in a record: truncation or deletion; undefined for any other record.
 *
 * Source: stream metadata of EventStoreDB (developers.eventstore.com, "Streams").
 */
export function spoiltBy(record: WireRecord, names: Names): StreamSettings | undefined {
  const deleted = names.streamOf(record.stream);
  if (deleted !== undefined && record.type === '$streamDeleted') {
    return {
      stream: deleted,
      why: 'it was deleted permanently on the cluster; only a copy or a backup brings it back',
    };
  }
  const stream = names.settingsOf(record.stream);
  if (stream === undefined) return undefined;
  const settings = settingsIn(record.data);
  const cut = (['$maxCount', '$maxAge', '$tb'] as const).filter((name) => Number(settings[name] ?? 0) > 0);
  if (cut.length === 0) return { stream };
  const isDeleted = Number(settings.$tb ?? 0) > Number.MAX_SAFE_INTEGER;
  return {
    stream,
    why: isDeleted
      ? 'it was deleted on the cluster; remove $tb from its metadata there, before a scavenge, to restore it'
      : `its ${cut.join(' and ')} on the cluster truncates it; remove that from its metadata there`,
  };
}

function settingsIn(data: string): Record<string, unknown> {
  try {
    const settings: unknown = JSON.parse(data);
    return typeof settings === 'object' && settings !== null ? (settings as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}
