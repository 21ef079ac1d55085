import { createHash } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import {
  checkpointText,
  openCheckpoint,
  readCheckpoint,
  readCheckpointText,
  signedCheckpoint,
  WrongSignature,
} from '../../src/ledger/checkpoint.js';
import { Malformed } from '../../src/ledger/malformed.js';
import { noteText, signText } from '../../src/ledger/note.js';
import { privateKeyOf, readVerifierKey, signatureTypes, signerOf } from '../../src/ledger/vkey.js';
import { signerFrom, tesseraLog } from './vectors.js';

const { verifierKey, signerKey, checkpoints, leafHashes } = tesseraLog;
const key = readVerifierKey(verifierKey);
const log = signerFrom(signerKey, signatureTypes.ed25519);
const root = Buffer.alloc(32, 1);

describe('a checkpoint', () => {
  test.each([...checkpoints.entries()])(
    'of size %i of another log is read, verified and signed to the same bytes',
    (size, note) => {
      const { checkpoint } = openCheckpoint(note, [key]);
      expect(checkpoint).toMatchObject({ origin: 'example.com/log/testdata', size });
      expect(signedCheckpoint(checkpoint, log)).toBe(note);
    },
  );

  test('of one entry has its leaf as root', () => {
    expect(readCheckpoint(checkpoints[1] ?? '').checkpoint.root.toString('base64')).toBe(leafHashes[0]);
    const empty = createHash('sha256').digest('base64');
    expect(readCheckpoint(checkpoints[0] ?? '').checkpoint.root.toString('base64')).toBe(empty);
  });

  test.each([
    ['without a root', 'origin\n1\n'],
    ['with a short root', 'origin\n1\nAAAA\n'],
    ['with a size that starts with 0', `origin\n01\n${root.toString('base64')}\n`],
    ['with a negative size', `origin\n-1\n${root.toString('base64')}\n`],
    ['with a size of 16 digits', `origin\n9007199254740992\n${root.toString('base64')}\n`],
    ['without an origin', `\n1\n${root.toString('base64')}\n`],
    ['with an empty line at its end', `origin\n1\n${root.toString('base64')}\n\n`],
    ['without a line feed at its end', `origin\n1\n${root.toString('base64')}`],
    ['with a root that has stray bits', `origin\n1\n${root.toString('base64').replace('E=', 'F=')}\n`],
  ])('%s is refused', (_, text) => {
    expect(() => readCheckpointText(text)).toThrow(Malformed);
  });

  test('keeps the further lines of another log', () => {
    const text = `origin\n1\n${root.toString('base64')}\nmore\n`;
    expect(readCheckpointText(text).extensions).toEqual(['more']);
    expect(checkpointText(readCheckpointText(text))).toBe(text);
  });

  test('of another installation is refused, with the keys seen and expected', () => {
    const other = signerOf('other.example', signatureTypes.ed25519, privateKeyOf(Buffer.alloc(32, 3)));
    const note = signedCheckpoint({ origin: 'other.example', size: 1, root }, other);
    expect(() => openCheckpoint(note, [key])).toThrow(
      new WrongSignature({
        en: `The checkpoint of other.example is signed by other.example+${other.keyId}; expected a signature by example.com/log/testdata+33d7b496.`,
        zh: '',
      }),
    );
  });

  test('signed by a known key under the origin of another log is refused', () => {
    const text = checkpointText({ origin: 'other.example', size: 1, root });
    const note = noteText({ text, signatures: [signText(text, log)] });
    expect(() => openCheckpoint(note, [key])).toThrow(WrongSignature);
  });

  test('whose size was changed is refused', () => {
    const note = (checkpoints[5] ?? '').replace('\n5\n', '\n6\n');
    expect(() => openCheckpoint(note, [key])).toThrow(
      'The signature in the name of example.com/log/testdata+33d7b496 is not valid for this checkpoint.',
    );
  });

  test('signed by the old and the new key is accepted by a reader of either', () => {
    const next = signerOf(log.name, signatureTypes.ed25519, privateKeyOf(Buffer.alloc(32, 9)));
    const note = signedCheckpoint({ origin: log.name, size: 2, root }, log, next);
    for (const known of [[log], [next], [log, next]]) {
      expect(openCheckpoint(note, known).checkpoint.size).toBe(2);
    }
  });
});
