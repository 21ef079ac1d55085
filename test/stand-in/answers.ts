import type { ReadReq, ReadResp } from '@eventstore/db-client/generated/streams_pb.js';
import { erased, erasedText, type LogRecord } from './log.js';
import type { Place } from './pages.js';
import { identifierOf, streams, uuidOf } from './protocol.js';

const ticksPerMs = 10_000n;
const largest = '18446744073709551615';

/** A revision on the wire; a tombstone's is the largest signed number, which a double cannot hold. */
function revisionText(revision: number): string {
  return revision >= erased ? erasedText : String(revision);
}

export function eventAnswer(record: LogRecord, options: ReadReq.Options): ReadResp {
  const recorded = new streams.ReadResp.ReadEvent.RecordedEvent();
  recorded.setId(uuidOf(record.id, options.getUuidOption()?.hasString() ?? false));
  recorded.setStreamIdentifier(identifierOf(record.stream));
  recorded.setStreamRevision(revisionText(record.revision));
  recorded.setCommitPosition(String(record.position));
  recorded.setPreparePosition(String(record.position));
  recorded
    .getMetadataMap()
    .set('type', record.type)
    .set('created', String(BigInt(record.created) * ticksPerMs))
    .set('content-type', record.json ? 'application/json' : 'application/octet-stream');
  recorded.setData(record.data);
  recorded.setCustomMetadata(record.metadata);
  const event = new streams.ReadResp.ReadEvent();
  event.setEvent(recorded);
  event.setCommitPosition(String(record.position));
  const answer = new streams.ReadResp();
  answer.setEvent(event);
  return answer;
}

export function notFoundAnswer(stream: string): ReadResp {
  const missing = new streams.ReadResp.StreamNotFound();
  missing.setStreamIdentifier(identifierOf(stream));
  const answer = new streams.ReadResp();
  answer.setStreamNotFound(missing);
  return answer;
}

export function boundAnswer(bound: 'first' | 'last', revision: number): ReadResp {
  const answer = new streams.ReadResp();
  if (bound === 'first') answer.setFirstStreamPosition(revisionText(revision));
  else answer.setLastStreamPosition(revisionText(revision));
  return answer;
}

export function confirmationAnswer(id: string): ReadResp {
  const confirmation = new streams.ReadResp.SubscriptionConfirmation();
  confirmation.setSubscriptionId(id);
  const answer = new streams.ReadResp();
  answer.setConfirmation(confirmation);
  return answer;
}

export function caughtUpAnswer(): ReadResp {
  const answer = new streams.ReadResp();
  answer.setCaughtUp(new streams.ReadResp.CaughtUp());
  return answer;
}

/** A checkpoint; before the first record a server sends the largest number. */
export function checkpointAnswer({ commit, prepare }: Place): ReadResp {
  const checkpoint = new streams.ReadResp.Checkpoint();
  checkpoint.setCommitPosition(commit < 0 ? largest : String(commit));
  checkpoint.setPreparePosition(prepare < 0 ? largest : String(prepare));
  const answer = new streams.ReadResp();
  answer.setCheckpoint(checkpoint);
  return answer;
}
