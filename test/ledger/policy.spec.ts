import { createPublicKey, verify } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { readCheckpoint, signedCheckpoint, WrongSignature } from '../../src/ledger/checkpoint.js';
import { cosign, cosignedAt, cosignedBy } from '../../src/ledger/cosignature.js';
import { Malformed } from '../../src/ledger/malformed.js';
import { noteText } from '../../src/ledger/note.js';
import { policyText, readPolicy, requirePolicy } from '../../src/ledger/policy.js';
import { proofText, readProof } from '../../src/ledger/proof-file.js';
import {
  privateKeyOf,
  type Signer,
  signatureTypes,
  signerOf,
  verifierKeyText,
} from '../../src/ledger/vkey.js';

const log = signerOf('district.example/ledger', signatureTypes.ed25519, privateKeyOf(Buffer.alloc(32, 1)));
const [audit, county, press] = ['audit', 'county', 'press'].map((name, at) =>
  signerOf(`${name}.example`, signatureTypes.cosignature, privateKeyOf(Buffer.alloc(32, at + 2))),
) as [Signer, Signer, Signer];
const checkpoint = { origin: log.name, size: 9, root: Buffer.alloc(32, 5) };
const at = 1_531_180_800;

const keys = [
  `log ${verifierKeyText(log)}`,
  `witness audit ${verifierKeyText(audit)}`,
  `witness county ${verifierKeyText(county)} https://county.example`,
  `witness press ${verifierKeyText(press)}`,
];

describe('a cosignature', () => {
  test('is an Ed25519 signature of the time and the text of the checkpoint', () => {
    const signed = readCheckpoint(signedCheckpoint(checkpoint, log));
    const { bytes } = cosign(signed, audit, at);
    const text = `cosignature/v1\ntime 1531180800\ndistrict.example/ledger\n9\n${checkpoint.root.toString('base64')}\n`;
    expect(bytes.readBigUInt64BE()).toBe(1_531_180_800n);
    expect(verify(null, Buffer.from(text), createPublicKey(audit.privateKey), bytes.subarray(8))).toBe(true);
  });

  test('is found beside the signature of the log, with its time', () => {
    const { note } = cosigned(audit);
    expect([cosignedBy(note, audit), cosignedBy(note, county)]).toEqual(['valid', 'absent']);
    expect(note.signatures.filter(({ keyId }) => keyId === audit.keyId).map(cosignedAt)).toEqual([at]);
  });

  test('with another time is invalid', () => {
    const { note } = cosigned(audit);
    note.signatures[1]?.bytes.writeUInt8(1, 7);
    expect(cosignedBy(note, audit)).toBe('invalid');
  });

  test('is not made by the key of a log, nor a signature of a log by that of a witness', () => {
    expect(() => cosign(cosigned(), log, at)).toThrow(TypeError);
    expect(() => signedCheckpoint(checkpoint, audit)).toThrow(TypeError);
  });
});

describe('a policy', () => {
  test.each([
    ['quorum none', [], true],
    ['quorum audit', [], false],
    ['quorum audit', [audit], true],
    ['quorum audit', [county], false],
    ['group two 2 audit county press\nquorum two', [audit, press], true],
    ['group two 2 audit county press\nquorum two', [press], false],
    ['group office any audit county\ngroup both all office press\nquorum both', [county, press], true],
    ['group office any audit county\ngroup both all office press\nquorum both', [audit, county], false],
    ['# comment\n\n \tgroup all2 all audit county\nquorum all2 ', [audit, county], true],
  ])('%j with some cosignatures is met or not', (quorum, by, isMet) => {
    const policy = readPolicy([...keys, quorum].join('\n'));
    const open = () => requirePolicy(cosigned(...by), policy);
    if (!isMet) return expect(open).toThrow(WrongSignature);
    expect(open().witnesses.map((name) => `${name}.example`)).toEqual(by.map(({ name }) => name));
  });

  test('refuses a line in the name of a known witness that is not its cosignature', () => {
    const signed = cosigned(audit);
    signed.note.signatures[1]?.bytes.fill(0, 8);
    expect(() => requirePolicy(signed, readPolicy([...keys, 'quorum none'].join('\n')))).toThrow(
      'The cosignature in the name of witness audit',
    );
  });

  test('is written and read again', () => {
    const policy = readPolicy([...keys, 'group two 2 audit county press', 'quorum two'].join('\n'));
    expect(readPolicy(policyText(policy))).toEqual(policy);
  });

  test.each([
    ['without a quorum', keys[0]],
    ['with two', `${keys[0]}\nquorum none\nquorum none`],
    ['with an unknown name', `${keys[0]}\nquorum audit`],
    ['with a group before its members', `group g any audit\n${keys[1]}\nquorum g`],
    ['with a member in two groups', `${keys[1]}\ngroup g any audit\ngroup h any audit\nquorum h`],
    ['with a threshold of 0', `${keys[1]}\ngroup g 0 audit\nquorum g`],
    ['with a threshold above the members', `${keys[1]}\ngroup g 2 audit\nquorum g`],
    ['with a name used twice', `${keys[1]}\n${keys[2]?.replace('county', 'audit')}\nquorum audit`],
    ['with a witness called none', `witness none ${verifierKeyText(audit)}\nquorum none`],
    ['with one key twice', `${keys[0]}\n${keys[0]}\nquorum none`],
    ['with the key of a witness as that of a log', `log ${verifierKeyText(audit)}\nquorum none`],
    ['with an unknown word', 'logs\nquorum none'],
  ])('%s is refused', (_, text) => {
    expect(() => readPolicy(text ?? '')).toThrow(Malformed);
  });
});

describe('a proof of inclusion', () => {
  const proof = { index: 8, hashes: [Buffer.alloc(32, 1), Buffer.alloc(32, 2)], signed: cosigned(audit) };

  test('is written and read again', () => {
    expect(readProof(proofText(proof))).toEqual(proof);
    expect(readProof(proofText({ ...proof, extra: Buffer.from('v1') })).extra?.toString()).toBe('v1');
  });

  test('is a text of C2SP', () => {
    expect(proofText(proof).split('\n').slice(0, 6)).toEqual([
      'c2sp.org/tlog-proof@v1',
      'index 8',
      'AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE=',
      'AgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgI=',
      '',
      'district.example/ledger',
    ]);
  });

  test.each([
    ['another title', (text: string) => text.replace('@v1', '@v2')],
    ['an index that starts with 0', (text: string) => text.replace('index 8', 'index 08')],
    ['no index', (text: string) => text.replace('index 8\n', '')],
    ['a short hash', (text: string) => text.replace('AQEB', '')],
    ['no checkpoint', (text: string) => text.slice(0, text.indexOf('\n\n') + 1)],
  ])('with %s is refused', (_, change) => {
    expect(() => readProof(change(proofText(proof)))).toThrow(Malformed);
  });
});

function cosigned(...witnesses: Signer[]) {
  const signed = readCheckpoint(signedCheckpoint(checkpoint, log));
  const signatures = [...signed.note.signatures, ...witnesses.map((one) => cosign(signed, one, at))];
  return readCheckpoint(noteText({ text: signed.note.text, signatures }));
}
