import type { EntryMetadata } from '../../domain/project/events.js';
import { givenDay } from '../../domain/values/day-marks.js';

/** The metadata of an entry as answers give them: all but the ids that link events to each other. */
export type GivenMetadata = Omit<EntryMetadata, 'correlationId' | 'causationId'>;

/** The metadata of an entry, for an answer. */
export function givenMetadata(entry: GivenMetadata): GivenMetadata {
  const { source, place, onBehalfOf, attachments, verification, sealed, corrects } = entry;
  return {
    ...givenDay(entry),
    source,
    ...(place === undefined ? {} : { place }),
    ...(onBehalfOf === undefined ? {} : { onBehalfOf }),
    ...(attachments === undefined ? {} : { attachments }),
    ...(verification === undefined ? {} : { verification }),
    ...(sealed === undefined ? {} : { sealed }),
    ...(corrects === undefined ? {} : { corrects }),
  };
}
