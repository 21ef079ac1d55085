import { readFileSync } from 'node:fs';
import { privateKeyOf, type SignatureType, type Signer, signerOf } from '../../src/ledger/vkey.js';

interface TesseraLog {
  verifierKey: string;
  signerKey: string;
  entries: string[];
  leafHashes: string[];
  /** By size, from 0. */
  checkpoints: string[];
}

interface GoNote {
  text: string;
  peter: { verifierKey: string; signerKey: string; line: string };
  enoch: { verifierKey: string; line: string };
  wrongKeys: string[];
  malformed: string[];
}

export const tesseraLog = vector<TesseraLog>('tessera-log');
export const goNote = vector<GoNote>('go-note');

/** The signer of a `PRIVATE+KEY+name+keyid+base64` text, as the Go tools write it. */
export function signerFrom(text: string, type: SignatureType): Signer {
  const [, , name = '', , ...encoded] = text.split('+');
  return signerOf(name, type, privateKeyOf(Buffer.from(encoded.join('+'), 'base64').subarray(1)));
}

function vector<Vector>(name: string): Vector {
  return JSON.parse(readFileSync(new URL(`./vectors/${name}.json`, import.meta.url), 'utf8')) as Vector;
}
