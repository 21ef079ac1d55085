import { randomUUID } from 'node:crypto';
import type { ReadReq } from '@eventstore/db-client/generated/streams_pb.js';
import { identifierOf, shared, streams, uuidOf } from '../stand-in/protocol.js';

/** An event to append over the bare protocol. */
export interface BareEvent {
  id: string;
  type?: string;
  data?: string;
  metadata?: string;
}

/** The source of a read or a subscription: a stream, or without one the whole log. */
export interface BareRead {
  stream?: string;
  from?: number | 'end';
  backwards?: boolean;
  count?: number;
  prefix?: readonly string[];
  regex?: string;
  types?: boolean;
  window?: number;
  interval?: number;
  bounds?: boolean;
}

export function bareEvent(data = '{}', type = 'MilestoneReached'): BareEvent {
  return { id: randomUUID(), type, data };
}

/** The request for a page, or with `follows` for a subscription. */
export function request(asked: BareRead, follows: boolean): ReadReq {
  const options = new streams.ReadReq.Options();
  if (asked.stream === undefined) {
    const all = new streams.ReadReq.Options.AllOptions();
    if (asked.from === 'end') all.setEnd(new shared.Empty());
    else if (asked.from === undefined) all.setStart(new shared.Empty());
    else {
      const position = new streams.ReadReq.Options.Position();
      position.setCommitPosition(String(asked.from));
      position.setPreparePosition(String(asked.from));
      all.setPosition(position);
    }
    options.setAll(all);
  } else {
    const one = new streams.ReadReq.Options.StreamOptions();
    one.setStreamIdentifier(identifierOf(asked.stream));
    if (asked.from === 'end') one.setEnd(new shared.Empty());
    else if (asked.from === undefined) one.setStart(new shared.Empty());
    else one.setRevision(String(asked.from));
    options.setStream(one);
  }
  options.setReadDirection(asked.backwards ? 1 : 0);
  if (follows) options.setSubscription(new streams.ReadReq.Options.SubscriptionOptions());
  else options.setCount(String(asked.count ?? 100));
  if (asked.prefix || asked.regex) {
    const expression = new streams.ReadReq.Options.FilterOptions.Expression();
    if (asked.regex) expression.setRegex(asked.regex);
    else expression.setPrefixList([...(asked.prefix ?? [])]);
    const filter = new streams.ReadReq.Options.FilterOptions();
    if (asked.types) filter.setEventType(expression);
    else filter.setStreamIdentifier(expression);
    if (asked.window) filter.setMax(asked.window);
    else filter.setCount(new shared.Empty());
    filter.setCheckpointintervalmultiplier(asked.interval ?? 1);
    options.setFilter(filter);
  } else options.setNoFilter(new shared.Empty());
  const uuids = new streams.ReadReq.Options.UUIDOption();
  uuids.setString(new shared.Empty());
  options.setUuidOption(uuids);
  if (asked.bounds) {
    const control = new streams.ReadReq.Options.ControlOption();
    control.setCompatibility(1);
    options.setControlOption(control);
  }
  const wanted = new streams.ReadReq();
  wanted.setOptions(options);
  return wanted;
}

interface Fillable {
  setId(id: ReturnType<typeof uuidOf>): unknown;
  getMetadataMap(): { set(key: string, value: string): unknown };
  setData(data: Uint8Array): unknown;
  setCustomMetadata(data: Uint8Array): unknown;
}

/**
 * Converts an event to either kind of proposed message.
 *
 * @throws SyntaxError its data are declared JSON and are not: the projections of a real server would stop at it
 */
export function filled<M extends Fillable>(
  message: M,
  { id, type, data = '{}', metadata = '' }: BareEvent,
): M {
  JSON.parse(data);
  message.setId(uuidOf(id, true));
  if (type !== undefined) message.getMetadataMap().set('type', type);
  message.getMetadataMap().set('content-type', 'application/json');
  message.setData(Buffer.from(data));
  message.setCustomMetadata(Buffer.from(metadata));
  return message;
}
