import type {
  DeleteReq,
  DeleteResp,
  TombstoneReq,
  TombstoneResp,
} from '@eventstore/db-client/generated/streams_pb.js';
import { type handleUnaryCall, status } from '@grpc/grpc-js';
import type { Expected, Outcome } from './log.js';
import { objection, type StandInNode } from './node.js';
import { nameOf, type Refusal, refusal, streamDeleted, streams } from './protocol.js';

/** Streams.Delete: the soft delete. */
export function deleteHandler(node: StandInNode): handleUnaryCall<DeleteReq, DeleteResp> {
  return (call, answer) => {
    const options = call.request.getOptions();
    const stream = nameOf(options?.getStreamIdentifier());
    const expected = expectedOf(options);
    const refused = objection(node, call, 'write');
    if (refused) return answer(refused);
    const outcome = node.log.delete(stream, expected);
    if (outcome.is !== 'stored') return answer(refusalOf(stream, expected, outcome));
    const position = new streams.DeleteResp.Position();
    position.setCommitPosition(String(outcome.position));
    position.setPreparePosition(String(outcome.position));
    const response = new streams.DeleteResp();
    response.setPosition(position);
    answer(null, response);
  };
}

/** Streams.Tombstone: the hard delete. */
export function tombstoneHandler(node: StandInNode): handleUnaryCall<TombstoneReq, TombstoneResp> {
  return (call, answer) => {
    const options = call.request.getOptions();
    const stream = nameOf(options?.getStreamIdentifier());
    const expected = expectedOf(options);
    const refused = objection(node, call, 'write');
    if (refused) return answer(refused);
    const outcome = node.log.tombstone(stream, expected);
    if (outcome.is !== 'stored') return answer(refusalOf(stream, expected, outcome));
    const position = new streams.TombstoneResp.Position();
    position.setCommitPosition(String(outcome.position));
    position.setPreparePosition(String(outcome.position));
    const response = new streams.TombstoneResp();
    response.setPosition(position);
    answer(null, response);
  };
}

function expectedOf(options: DeleteReq.Options | TombstoneReq.Options | undefined): Expected {
  if (options?.hasRevision()) return Number(options.getRevision());
  if (options?.hasNoStream()) return 'no-stream';
  return options?.hasStreamExists() ? 'stream-exists' : 'any';
}

const numbers = { any: -2, 'no-stream': -1, 'stream-exists': -4 };

function refusalOf(stream: string, expected: Expected, outcome: Exclude<Outcome, { is: 'stored' }>): Refusal {
  if (outcome.is !== 'wrong-version') return streamDeleted(stream);
  const wanted = String(typeof expected === 'number' ? expected : numbers[expected]);
  const actual = String(outcome.current);
  return refusal(
    status.FAILED_PRECONDITION,
    `Delete failed due to WrongExpectedVersion. Stream: ${stream}, Expected version: ${wanted}, Actual version: ${actual}`,
    {
      exception: 'wrong-expected-version',
      'stream-name': stream,
      'expected-version': wanted,
      'actual-version': actual,
    },
  );
}
