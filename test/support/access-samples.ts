import type { AccessEventData, AccessEventType } from '../../domain/access/events.js';
import type { AnyEvent } from '../../domain/log/any-event.js';
import type { LedgerEventData } from '../../domain/log/ledger-events.js';

const entry = { asOf: '2018-07-10', precision: 'day', source: { kind: 'unstated' } } as const;
const person = '019a4c1e-0000-7000-8000-0000000000d1';
const grant = '019a4c1e-0000-7000-8000-0000000000d2';
const expiresAt = '2019-07-10T01:02:03.004Z';
const hash = 'n4bQgYhMfWWaL-qgxVrQFaO_TxsrC4Is0V1sFbDwCgg';

const said = <T extends AccessEventType | keyof LedgerEventData>(
  type: T,
  data: (AccessEventData & LedgerEventData)[T],
): AnyEvent => ({ type, data, entry }) as unknown as AnyEvent;

/** Every type of event of the stream `access`, in their different shapes. */
export const accessSamples: readonly AnyEvent[] = [
  said('PersonAdded', { person }),
  said('PersonRemoved', { person }),
  said('RoleGranted', { grant, person, role: 'administrator', scope: { kind: 'installation' } }),
  said('RoleGranted', { grant, person, role: 'inspector', scope: { kind: 'district', district: '港区' } }),
  said('RoleGranted', { grant, person, role: 'auditor', scope: { kind: 'project', project: 'huaao-2' } }),
  said('RoleRevoked', { grant }),
  said('CredentialIssued', { credential: 'k3xq7v2m', kind: 'key', person, hash, expiresAt }),
  said('CredentialIssued', {
    credential: 'k3xq7v2n',
    kind: 'device',
    person,
    hash,
    expiresAt,
    limits: { roles: ['inspector'], scope: { kind: 'project', project: 'huaao-2' } },
  }),
  said('CredentialIssued', { credential: 'k3xq7v2p', kind: 'link', person, hash, expiresAt }),
  said('CredentialIssued', {
    credential: 'k3xq7v2q',
    kind: 'session',
    person,
    hash,
    expiresAt,
    from: 'k3xq7v2m',
  }),
  said('CredentialRevoked', { credential: 'k3xq7v2m' }),
  said('SignedOutEverywhere', { person }),
  said('CredentialIssued', { credential: 'code-k7pm', kind: 'code', person, hash, expiresAt }),
  said('CredentialIssued', { credential: 'k3xq7v2r', kind: 'identity', person, hash, expiresAt }),
  said('CredentialRenewed', { credential: 'k3xq7v2n', expiresAt }),
  said('ErasureRequested', { person, until: expiresAt }),
  said('ErasureCancelled', { person }),
  said('PersonErased', { person }),
  said('PersonNamed', { person, named: { sealed: 'bmFtZWQ' } }),
  said('PasswordSet', { person, password: { sealed: 'cGFzc3dvcmQ' } }),
  said('DeviceLabelled', { person, credential: 'k3xq7v2n', label: { sealed: 'bGFiZWw' } }),
];

const origin = 'topout/0b9c2c1e-6a1f-4a83-9c47-2f1f0e0a5d11';
const vkey = `${origin}+ab12cd34+AQEB`;
const noteOf = (size: number): string => `${origin}\n${size}\n${hash}=\n\n— ${origin} qxLNNAEB`;

/** Every type of event of the stream `ledger`. */
export const ledgerSamples: readonly AnyEvent[] = [
  said('LogContinued', {
    origin,
    size: 1_500,
    checkpoint: noteOf(1_500),
    keys: [{ vkey }, { vkey, handover: `${origin}\n\n— ${origin} qxLNNAEB` }],
    copiedAt: '2019-07-10T01:02:03.004Z',
  }),
  said('StoreRolledBack', {
    size: 1_000,
    checkpoint: noteOf(1_000),
    before: { size: 1_500, checkpoint: noteOf(1_500) },
  }),
  said('StoreRolledBack', { size: 0, before: { size: 1, checkpoint: noteOf(1) } }),
];
