import { generateKeyPairSync, sign } from 'node:crypto';

/** A key and a certificate for it, both in PEM. */
export interface Certified {
  key: string;
  cert: string;
}

const [integer, bits, octets, objectId, utf8, utcTime, sequence, set] = [
  0x02, 0x03, 0x04, 0x06, 0x0c, 0x17, 0x30, 0x31,
];
const ecdsaWithSha256 = '2a8648ce3d040302';
const commonName = '550403';
const subjectAltName = '551d11';
const basicConstraints = '551d13';

/** A self-signed certificate for some DNS names (RFC 5280), valid from 2018 to 2049. */
export function selfSigned(names: readonly string[]): Certified {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const algorithm = der(sequence, oid(ecdsaWithSha256));
  const name = der(
    sequence,
    der(set, der(sequence, oid(commonName), der(utf8, Buffer.from(names[0] ?? '')))),
  );
  const validity = ['180101000000Z', '490101000000Z'].map((text) => der(utcTime, Buffer.from(text)));
  const altNames = der(sequence, ...names.map((text) => der(0x82, Buffer.from(text))));
  const isAuthority = der(sequence, Buffer.from('0101ff', 'hex'));
  const extensions = der(
    sequence,
    der(sequence, oid(subjectAltName), der(octets, altNames)),
    der(sequence, oid(basicConstraints), der(octets, isAuthority)),
  );
  const content = der(
    sequence,
    der(0xa0, der(integer, Buffer.from([2]))),
    der(integer, Buffer.from([1])),
    algorithm,
    name,
    der(sequence, ...validity),
    name,
    publicKey.export({ type: 'spki', format: 'der' }),
    der(0xa3, extensions),
  );
  const signature = der(bits, Buffer.from([0]), sign('sha256', content, privateKey));
  const lines = der(sequence, content, algorithm, signature).toString('base64').replaceAll(/.{64}/g, '$&\n');
  return {
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    cert: `-----BEGIN CERTIFICATE-----\n${lines}\n-----END CERTIFICATE-----\n`,
  };
}

function oid(hex: string): Buffer {
  return der(objectId, Buffer.from(hex, 'hex'));
}

/** Tag, length and value. */
function der(tag: number, ...parts: readonly Buffer[]): Buffer {
  const value = Buffer.concat(parts);
  const { length } = value;
  const head = length < 0x80 ? [tag, length] : [tag, 0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from(head), value]);
}
