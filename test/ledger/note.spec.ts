import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { Malformed } from '../../src/ledger/malformed.js';
import { noteText, readNote, signedBy, signText } from '../../src/ledger/note.js';
import {
  privateKeyOf,
  readVerifierKey,
  signatureTypes,
  signerOf,
  verifierKeyText,
} from '../../src/ledger/vkey.js';
import { goNote, signerFrom } from './vectors.js';

const { text, peter, enoch } = goNote;
const peterKey = readVerifierKey(peter.verifierKey);
const enochKey = readVerifierKey(enoch.verifierKey);

describe('a verifier key', () => {
  test('is read and written as the Go tools write it', () => {
    expect(peterKey).toMatchObject({ name: 'PeterNeumann', keyId: 'c74f20a3', type: 1 });
    expect(verifierKeyText(peterKey)).toBe(peter.verifierKey);
  });

  test('of C2SP verifies the note beside it', () => {
    const key = readVerifierKey('example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k');
    const note = readNote(
      'This is an example message.\n\n— example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n',
    );
    expect(signedBy(note, key)).toBe('valid');
  });

  test('has the id of the Go checksum database', () => {
    const known = 'sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8';
    expect(verifierKeyText(readVerifierKey(known))).toBe(known);
  });

  test('that was cut or has one other character is refused', () => {
    const whole = peter.verifierKey;
    const mangled = [
      ...goNote.wrongKeys,
      ...Array.from(whole, (_, at) => whole.slice(0, at)),
      ...Array.from(whole, (_, at) => whole.slice(at + 1)),
      ...Array.from(whole, (one, at) => {
        return whole.slice(0, at) + String.fromCharCode(one.charCodeAt(0) + 1) + whole.slice(at + 1);
      }),
    ];
    const accepted = mangled.filter((key) => !isRefused(() => readVerifierKey(key)));
    expect(accepted).toEqual([]);
  });

  test('that cannot be read is refused in both languages, with what was seen', () => {
    expect.assertions(1);
    try {
      readVerifierKey('east+00000000+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW');
    } catch (error) {
      expect((error as Malformed).words).toEqual({
        en: 'Verifier key: key id 00000000 for east; expected ec5299ff.',
        zh: '验证密钥：east 的密钥号为 00000000；应为ec5299ff。',
      });
    }
  });
});

describe('a signed note', () => {
  test('is signed byte for byte as the Go tools sign it', () => {
    const signer = signerFrom(peter.signerKey, signatureTypes.ed25519);
    expect(noteText({ text, signatures: [signText(text, signer)] })).toBe(`${text}\n${peter.line}`);
  });

  test('says of each key whether it signed', () => {
    const note = readNote(`${text}\n${peter.line}${enoch.line}`);
    expect([signedBy(note, peterKey), signedBy(note, enochKey)]).toEqual(['valid', 'valid']);
    expect(signedBy(readNote(`${text}\n${enoch.line}`), peterKey)).toBe('absent');
    expect(signedBy({ ...note, text: text.replace('answer', 'Answer') }, peterKey)).toBe('invalid');
  });

  test('with a valid and an invalid line of one key is invalid', () => {
    const other = readNote(`other\n\n${peter.line}`);
    const note = readNote(`${text}\n${peter.line}`);
    const foreign = signText('other\n', signerFrom(peter.signerKey, signatureTypes.ed25519));
    expect(signedBy({ text, signatures: [...note.signatures, foreign] }, peterKey)).toBe('invalid');
    expect(signedBy(other, peterKey)).toBe('invalid');
  });

  test.each(goNote.malformed)('is refused if it is malformed: %j', (malformed) => {
    expect(() => readNote(malformed)).toThrow(Malformed);
  });

  test('of bytes that are no UTF-8 is refused', () => {
    const bytes = Buffer.concat([Buffer.of(0xff), Buffer.from(`${text}\n${peter.line}`)]);
    expect(() => readNote(bytes)).toThrow('Signed note: bytes that are no UTF-8; expected UTF-8.');
  });

  test('with empty lines in its text is split at the last one', () => {
    const signer = signerOf('a', signatureTypes.ed25519, privateKeyOf(Buffer.alloc(32, 7)));
    const long = 'one\n\n\ntwo\n';
    const note = readNote(noteText({ text: long, signatures: [signText(long, signer)] }));
    expect(note.text).toBe(long);
    expect(signedBy(note, signer)).toBe('valid');
  });

  test('with one flipped bit is malformed, not signed by the key, or invalid', () => {
    const whole = Buffer.from(`${text}\n${peter.line}`);
    fc.assert(
      fc.property(fc.nat(whole.length * 8 - 1), (bit) => {
        const flipped = Buffer.from(whole);
        flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7));
        expect(isRefused(() => readNote(flipped)) || signedBy(readNote(flipped), peterKey) !== 'valid').toBe(
          true,
        );
      }),
      { numRuns: 500 },
    );
  });
});

function isRefused(read: () => unknown): boolean {
  try {
    read();
    return false;
  } catch (error) {
    if (error instanceof Malformed) return true;
    throw error;
  }
}
