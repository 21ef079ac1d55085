import type { AnyRecordedEvent } from '../../domain/log/any-event.js';
import { type PersonalTexts, withOpenedTexts, withSealedTexts } from '../../domain/log/personal-texts.js';
import type { Reading } from '../../domain/log/upcasting.js';
import type { SealedText } from '../../domain/project/events.js';
import { mayHaveOddTexts, withPlainTexts } from '../../domain/values/plain-text.js';
import { canonicalText } from './canonical.js';
import { eventOf, type StoredBody } from './codec.js';

/** The people of a log: those who may write, and of them those whose texts nobody may read any more. */
export interface PeopleOfLog {
  all: ReadonlySet<string>;
  erased: ReadonlySet<string>;
}

/** Bytes of a nonce, and of the tag after a ciphertext (AES-256-GCM). */
const nonceBytes = 12;
const tagBytes = 16;

/**
 * Seals the texts of people in the stored events of one log, event by event in order: its members and its schema stay as they
 * were stored, without an upcast.
 */
export class Protecting {
  /** Events with a text that stays in clear, because its author does not sign in; and the authors. */
  readonly inClear = { events: 0, authors: new Set<string>() };
  /** The authors of forecasts whose stated reason was in clear: earlier versions copied it into alerts. */
  private readonly reasonsOf = new Map<string, string>();

  /**
   * @param holderOf the holder of the key for the texts of a person
   * @param random so many random bytes in base64url
   */
  constructor(
    private readonly reading: Reading & { texts: PersonalTexts },
    private readonly people: PeopleOfLog,
    private readonly holderOf: (person: string) => string,
    private readonly random: (bytes: number) => string,
  ) {}

  /** The event with its texts sealed; undefined if it has none to seal. */
  sealed(stored: StoredBody): StoredBody | undefined {
    const { entryMetadata: entry, ...data } = stored.data;
    const { id, type, by } = stored;
    let isInClear = false;
    const found = withSealedTexts({ id, type, by, entry, data }, this.reading.personal, {
      seal: (author, about, text) => {
        const writer =
          type.startsWith('Alert') && !this.people.all.has(author) ? this.quotedIn(data) : author;
        if (writer !== undefined && this.people.all.has(writer)) return this.seal(writer, about, text);
        isInClear ||= author !== 'topout';
        return undefined;
      },
    });
    if (isInClear) {
      this.inClear.events += 1;
      this.inClear.authors.add(by);
    }
    if (found.entry === entry) return undefined;
    if (type === 'ForecastGiven' && found.entry.sealed?.['data.reason'] !== entry.sealed?.['data.reason'])
      this.reasonsOf.set(id, by);
    return { ...stored, data: { ...found.data, entryMetadata: found.entry } };
  }

  /** What a stored event says with its texts opened, in canonical form. */
  contentOf(stored: StoredBody): string {
    const { entryMetadata, ...said } = stored.data;
    const { id, type } = stored;
    const { personal, texts } = this.reading;
    const { entry, data } = withOpenedTexts({ id, type, entry: entryMetadata, data: said }, personal, texts);
    return canonicalText({ ...data, entryMetadata: entry }, 'data', 2);
  }

  /** The event as the service reads it, its texts opened. */
  shown(stored: StoredBody, position: number, body: string): AnyRecordedEvent {
    return eventOf(stored, position, this.reading, mayHaveOddTexts(body));
  }

  private seal(
    person: string,
    about: Parameters<PersonalTexts['seal']>[1],
    text: string,
  ): SealedText | undefined {
    const plain = JSON.stringify(withPlainTexts(JSON.parse(text)));
    if (!this.people.erased.has(person)) return this.reading.texts.seal(person, about, plain);
    // Their key is destroyed: bytes that nothing opens.
    const length = Buffer.byteLength(plain) + tagBytes;
    return {
      key: this.holderOf(person),
      nonce: this.random(nonceBytes),
      text: this.random(length),
    };
  }

  /** The author of the forecast whose reason an alert of the system may repeat. */
  private quotedIn({ evidence }: Record<string, unknown>): string | undefined {
    if (!Array.isArray(evidence)) return undefined;
    return evidence.map((entry) => this.reasonsOf.get(String(entry))).find((author) => author !== undefined);
  }
}
