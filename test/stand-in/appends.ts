import type { AppendReq, AppendResp, BatchAppendReq } from '@eventstore/db-client/generated/streams_pb.js';
import { type handleClientStreamingCall, status } from '@grpc/grpc-js';
import type { Expected, Outcome, Proposed } from './log.js';
import { type AppendRequest, objection, type StandInNode, type Verdict } from './node.js';
import {
  handlerThrew,
  idOf,
  invalidChoice,
  nameOf,
  notReady,
  type Refusal,
  refusal,
  shared,
  streamDeleted,
  streams,
  timedOut,
} from './protocol.js';

const noId = '00000000-0000-0000-0000-000000000000';

/** The result of an append: an outcome of the log, or that of a hook or a fault. */
export type Committed = { outcome: Answered } | { verdict: Exclude<Verdict, 'pass'> };

/** Passes an append through the faults and the log. */
export async function commit(
  node: StandInNode,
  request: AppendRequest,
  events: readonly Proposed[],
): Promise<Committed> {
  node.counters.appends += 1;
  const { faults } = node;
  if (faults.isDiskFull) return { verdict: 'timeout' };
  const before = faults.beforeCommit && (await faults.beforeCommit(request));
  if (before && before !== 'pass') return { verdict: before };
  const outcome = node.log.append(request.stream, request.expected, events);
  if (outcome.is === 'unanswered') return { verdict: 'hang' };
  const after = faults.afterCommit && (await faults.afterCommit(request, outcome));
  return after && after !== 'pass' ? { verdict: after } : { outcome };
}

/** The log's result as sent to the caller. */
export type Answered = Exclude<Outcome, { is: 'unanswered' }>;

type Message = AppendReq.ProposedMessage | BatchAppendReq.ProposedMessage;

/** The event in a proposed message; the server's error message if it is invalid. */
export function proposedOf(message: Message): Proposed | { wrong: string } {
  const metadata = message.getMetadataMap();
  const type = metadata.get('type');
  const contentType = metadata.get('content-type');
  if (type === undefined || contentType === undefined) {
    return { wrong: 'The given key was not present in the dictionary.' };
  }
  const id = idOf(message.getId());
  if (id === noId) return { wrong: "Empty eventId provided. (Parameter 'eventId')" };
  if (type === '') return { wrong: "Empty eventType provided. (Parameter 'eventType')" };
  return {
    id,
    type,
    json: contentType === 'application/json',
    data: Buffer.from(message.getData_asU8()),
    metadata: Buffer.from(message.getCustomMetadata_asU8()),
  };
}

/** The size of an append: the data only, as 24.2 counts. */
export function sizeOf(events: readonly Proposed[]): number {
  return events.reduce((sum, { data }) => sum + data.length, 0);
}

/** Streams.Append: the options first, then one event per message, one answer at the end. */
export function appendHandler(node: StandInNode): handleClientStreamingCall<AppendReq, AppendResp> {
  return (call, answer) => {
    let options: AppendReq.Options | undefined;
    const events: Proposed[] = [];
    let refused: Refusal | undefined;
    const refuse = (why: Refusal) => {
      if (!refused) answer(why);
      refused = why;
    };
    call.on('error', () => undefined);
    call.on('data', (message: AppendReq) => {
      if (refused) return;
      if (!options) {
        options = message.getOptions();
        const wrong = options ? wrongOptions(node, call, options) : handlerThrew;
        if (wrong) refuse(wrong);
        return;
      }
      const event = proposedOf(message.getProposedMessage() ?? new streams.AppendReq.ProposedMessage());
      if ('wrong' in event) {
        refuse(event.wrong.startsWith('The given key') ? propertyMissing(message) : handlerThrew);
        return;
      }
      events.push(event);
      if (sizeOf(events) > node.options.maxAppendBytes) refuse(tooLarge(node.options.maxAppendBytes));
    });
    call.on('end', async () => {
      if (refused) return;
      if (!options) return refuse(handlerThrew);
      const stream = nameOf(options.getStreamIdentifier());
      const expected = expectedOf(options);
      const ids = events.map(({ id }) => id);
      const committed = await commit(node, { stream, expected, ids, by: 'append' }, events);
      if ('outcome' in committed) {
        const { outcome } = committed;
        if (outcome.is === 'deleted') refuse(streamDeleted(stream));
        else answer(null, responseTo(expected, outcome));
        return;
      }
      if (committed.verdict === 'cut') return node.cut(call.getPeer());
      if (committed.verdict === 'hang') return;
      refuse(asRefusal(committed.verdict));
    });
  };
}

function wrongOptions(
  node: StandInNode,
  call: Parameters<typeof objection>[1],
  options: AppendReq.Options,
): Refusal | undefined {
  if (options.getExpectedStreamRevisionCase() === 0) {
    return invalidChoice('AppendReq+Types+Options+ExpectedStreamRevisionOneofCase');
  }
  if (nameOf(options.getStreamIdentifier()) === '') return handlerThrew;
  return objection(node, call, 'write');
}

function expectedOf(options: AppendReq.Options): Expected {
  if (options.hasRevision()) return Number(options.getRevision());
  if (options.hasNoStream()) return 'no-stream';
  return options.hasStreamExists() ? 'stream-exists' : 'any';
}

/** The gRPC status of a result. */
export function asRefusal(verdict: Exclude<Verdict, 'pass' | 'hang' | 'cut'>): Refusal {
  if (verdict === 'timeout') return timedOut('Prepare phase timeout.');
  return verdict === 'not-ready' ? notReady : verdict;
}

function propertyMissing(message: AppendReq): Refusal {
  const has = message.getProposedMessage()?.getMetadataMap().get('type') !== undefined;
  return refusal(
    status.INVALID_ARGUMENT,
    `Required Metadata Property '${has ? 'content-type' : 'type'}' is missing`,
    {
      exception: 'missing-required-metadata-property',
      'required-metadata-properties': 'type,content-type',
    },
  );
}

function tooLarge(maxAppendBytes: number): Refusal {
  return refusal(status.INVALID_ARGUMENT, `Maximum Append Size of ${maxAppendBytes} Exceeded.`, {
    exception: 'maximum-append-size-exceeded',
    'maximum-append-size': String(maxAppendBytes),
  });
}

function responseTo(expected: Expected, outcome: Exclude<Answered, { is: 'deleted' }>): AppendResp {
  const response = new streams.AppendResp();
  const empty = () => new shared.Empty();
  if (outcome.is === 'stored') {
    const success = new streams.AppendResp.Success();
    if (outcome.revision < 0) success.setNoStream(empty());
    else success.setCurrentRevision(String(outcome.revision));
    if (outcome.position === undefined) success.setNoPosition(empty());
    else {
      const position = new streams.AppendResp.Position();
      position.setCommitPosition(String(outcome.position));
      position.setPreparePosition(String(outcome.position));
      success.setPosition(position);
    }
    response.setSuccess(success);
    return response;
  }
  const wrong = new streams.AppendResp.WrongExpectedVersion();
  if (outcome.current < 0) wrong.setCurrentNoStream(empty());
  else wrong.setCurrentRevision(String(outcome.current));
  if (expected === 'any') wrong.setExpectedAny(empty());
  else if (expected === 'no-stream') wrong.setExpectedNoStream(empty());
  else if (expected === 'stream-exists') wrong.setExpectedStreamExists(empty());
  else wrong.setExpectedRevision(String(expected));
  response.setWrongExpectedVersion(wrong);
  return response;
}
