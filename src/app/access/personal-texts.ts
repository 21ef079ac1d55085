import type { PersonalTexts, TextPlace } from '../../../domain/log/personal-texts.js';
import type { Vault } from '../ports.js';
import { Refused } from '../refusals.js';

/** The holder of the key that seals what a person writes in events. */
export function textsOf(person: string): string {
  return `${person}/texts`;
}

/**
 * Seals what people write in events by a key of each of them in the vault.
 *
 * @param isPerson true for the author of an event who is a person of the installation; nobody else's texts are sealed
 * @param requireWritable throws where the other replicas could not open what is sealed here
 */
export function personalTexts(
  vault: Pick<Vault, 'sealFor' | 'openFor' | 'isForgotten'>,
  isPerson: (by: string) => boolean,
  requireWritable: () => void,
): PersonalTexts {
  return {
    seal(by, about, text) {
      if (!isPerson(by)) return undefined;
      requireWritable();
      const key = textsOf(by);
      const { sealed } = vault.sealFor(key, text, boundTo(about)) ?? refuseErased();
      // 12 bytes of nonce are 16 characters.
      return { key, nonce: sealed.slice(0, 16), text: sealed.slice(16) };
    },
    open(about, { key, nonce, text }) {
      const opened = vault.openFor(key, { sealed: nonce + text }, boundTo(about));
      if (opened !== undefined) return { text: opened };
      return vault.isForgotten(key) ? 'erased' : 'sealed';
    },
  };
}

/** A new key would let the text be read after the erasure. */
function refuseErased(): never {
  throw new Refused('not-permitted', {
    seen: { en: 'an author who was erased', zh: '已被删除的作者' },
    expected: { en: 'a person of the installation', zh: '本系统的人员' },
  });
}

/** The associated data of a text: the UTF-8 bytes of a JSON array of type, id and path. */
function boundTo({ type, id, path }: TextPlace): string {
  return JSON.stringify([type, id, path]);
}
