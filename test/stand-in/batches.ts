import type { UUID } from '@eventstore/db-client/generated/shared_pb.js';
import type { BatchAppendReq, BatchAppendResp } from '@eventstore/db-client/generated/streams_pb.js';
import { type handleBidiStreamingCall, type ServerDuplexStream } from '@grpc/grpc-js';
import { type Answered, asRefusal, commit, proposedOf, sizeOf } from './appends.js';
import type { Expected, Proposed } from './log.js';
import { denied, misplaced, type StandInNode, stranger } from './node.js';
import { google, identifierOf, idOf, nameOf, notReady, shared, streams } from './protocol.js';
import {
  accessDeniedStatus,
  badRequestStatus,
  type Status,
  streamDeletedStatus,
  timeoutStatus,
  tooLargeStatus,
  withoutDetails,
  wrongVersionStatus,
} from './statuses.js';

type Call = ServerDuplexStream<BatchAppendReq, BatchAppendResp>;

/** An append of which parts are still missing. */
interface Pending {
  correlation: UUID;
  stream: string;
  expected: Expected;
  events: Proposed[];
  expiry: NodeJS.Timeout;
}

const longestWaitMs = 2_000;

/** Streams.BatchAppend: many appends over one call, each in one or more messages, answered in the order they end. */
export function batchAppendHandler(
  node: StandInNode,
): handleBidiStreamingCall<BatchAppendReq, BatchAppendResp> {
  return (call) => {
    const refused = stranger(node, call);
    if (refused) return void call.emit('error', refused);
    const pending = new Map<string, Pending>();
    let inOrder: Promise<void> = Promise.resolve();
    let isOver = false;
    let isHalfClosed = false;
    const over = () => {
      isOver = true;
      for (const { expiry } of pending.values()) clearTimeout(expiry);
    };
    for (const end of ['cancelled', 'close', 'error']) call.on(end, over);
    const reply = (answer: BatchAppendResp) => {
      if (isOver) return;
      call.write(answer);
      if (isHalfClosed) call.end();
      isOver = isHalfClosed;
    };
    call.on('data', (message: BatchAppendReq) => {
      const correlation = message.getCorrelationId() ?? new shared.UUID();
      const key = idOf(correlation);
      const options = message.getOptions();
      if (options) {
        const wrong = denied(node, call) ? accessDeniedStatus() : wrongOptions(options);
        if (wrong) return reply(failed(correlation, nameOf(options.getStreamIdentifier()), wrong));
        if (!pending.has(key)) {
          pending.set(
            key,
            opened(correlation, options, () => {
              const late = pending.get(key);
              pending.delete(key);
              if (late) reply(failed(correlation, late.stream, timeoutStatus()));
            }),
          );
        }
      }
      const append = pending.get(key);
      if (!append) return;
      const close = () => {
        clearTimeout(append.expiry);
        pending.delete(key);
      };
      for (const proposed of message.getProposedMessagesList()) {
        const event = proposedOf(proposed);
        if ('wrong' in event) {
          close();
          return reply(failed(correlation, append.stream, badRequestStatus(event.wrong)));
        }
        append.events.push(event);
      }
      if (sizeOf(append.events) > node.options.maxAppendBytes) {
        close();
        return reply(failed(correlation, append.stream, tooLargeStatus(node.options.maxAppendBytes)));
      }
      if (!message.getIsFinal()) return;
      close();
      inOrder = inOrder.then(() => finish(node, call, append, reply));
    });
    // As in a real server: after the caller half-closes, the next answer ends the call, and without one it stays open.
    call.on('end', () => {
      isHalfClosed = true;
    });
  };
}

async function finish(
  node: StandInNode,
  call: Call,
  { correlation, stream, expected, events }: Pending,
  reply: (answer: BatchAppendResp) => void,
): Promise<void> {
  const refused = misplaced(node, call, 'write');
  if (refused === notReady) return reply(failed(correlation, stream, withoutDetails('Server Is Not Ready')));
  if (refused) {
    call.emit('error', refused);
    return;
  }
  const ids = events.map(({ id }) => id);
  const committed = await commit(node, { stream, expected, ids, by: 'batch-append' }, events);
  if ('outcome' in committed) return reply(answered(correlation, stream, expected, committed.outcome));
  const { verdict } = committed;
  if (verdict === 'cut') node.cut(call.getPeer());
  else if (verdict === 'timeout') reply(failed(correlation, stream, timeoutStatus()));
  else if (verdict === 'not-ready') reply(failed(correlation, stream, withoutDetails('Server Is Not Ready')));
  else if (verdict !== 'hang') call.emit('error', asRefusal(verdict));
}

function answered(correlation: UUID, stream: string, expected: Expected, outcome: Answered): BatchAppendResp {
  if (outcome.is === 'deleted') return failed(correlation, stream, streamDeletedStatus(stream));
  if (outcome.is === 'wrong-version') {
    return failed(correlation, stream, wrongVersionStatus(outcome.current, expected));
  }
  const success = new streams.BatchAppendResp.Success();
  if (outcome.revision < 0) success.setNoStream(new google.Empty());
  else success.setCurrentRevision(String(outcome.revision));
  if (outcome.position === undefined) success.setNoPosition(new google.Empty());
  else {
    const position = new shared.AllStreamPosition();
    position.setCommitPosition(String(outcome.position));
    position.setPreparePosition(String(outcome.position));
    success.setPosition(position);
  }
  const answer = addressed(correlation, stream);
  answer.setSuccess(success);
  return answer;
}

function opened(correlation: UUID, options: BatchAppendReq.Options, expire: () => void): Pending {
  const stream = nameOf(options.getStreamIdentifier());
  const waitMs = Math.min(longestWaitMs, waitOf(options));
  return {
    correlation,
    stream,
    expected: expectedOf(options),
    events: [],
    expiry: setTimeout(expire, waitMs),
  };
}

function wrongOptions(options: BatchAppendReq.Options): Status | undefined {
  if (!options.hasStreamIdentifier()) return badRequestStatus('Required field StreamIdentifier not set.');
  if (nameOf(options.getStreamIdentifier()) === '')
    return badRequestStatus("Value cannot be null. (Parameter 'value')");
  if (waitOf(options) <= 0) return timeoutStatus();
  if (options.getExpectedStreamPositionCase() !== 0) return undefined;
  const choice = 'BatchAppendReq+Types+Options+ExpectedStreamPositionOneofCase';
  return badRequestStatus(`'None' is not a valid EventStore.Client.Streams.${choice}`);
}

/** Milliseconds until the caller's deadline. */
function waitOf(options: BatchAppendReq.Options): number {
  const deadline = options.getDeadline();
  return deadline ? deadline.getSeconds() * 1000 + deadline.getNanos() / 1e6 - Date.now() : longestWaitMs;
}

function expectedOf(options: BatchAppendReq.Options): Expected {
  if (options.hasStreamPosition()) return Number(options.getStreamPosition());
  if (options.hasNoStream()) return 'no-stream';
  return options.hasStreamExists() ? 'stream-exists' : 'any';
}

function addressed(correlation: UUID, stream: string): BatchAppendResp {
  const answer = new streams.BatchAppendResp();
  answer.setCorrelationId(correlation);
  answer.setStreamIdentifier(identifierOf(stream));
  return answer;
}

function failed(correlation: UUID, stream: string, error: Status): BatchAppendResp {
  const answer = addressed(correlation, stream);
  answer.setError(error);
  return answer;
}
