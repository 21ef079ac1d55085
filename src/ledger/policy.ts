import { listed } from '../../domain/values/punctuation.js';
import type { Words } from '../../domain/values/text.js';
import { requireSigned, type SignedCheckpoint, WrongSignature } from './checkpoint.js';
import { cosignedBy } from './cosignature.js';
import { decimal, Malformed, quoted } from './malformed.js';
import { readVerifierKey, signatureTypes, type VerifierKey, verifierKeyText } from './vkey.js';

/** Which logs are accepted, and which witnesses have to have cosigned (C2SP tlog-policy). */
export interface Policy {
  logs: VerifierKey[];
  /** By the name that the policy gives them. */
  witnesses: Map<string, VerifierKey>;
  groups: Map<string, { least: number; members: string[] }>;
  /** A witness, a group, or `none`. */
  quorum: string;
}

const subject: Words = { en: 'Policy', zh: '信任策略' };
/** As many as C2SP recommends that a reader supports, and some more. */
const mostOfAKind = 64;

/** The policy that accepts one log, cosigned by nobody. */
export function policyOfLog(...logs: VerifierKey[]): Policy {
  return { logs, witnesses: new Map(), groups: new Map(), quorum: 'none' };
}

/** The policy that a cosigned checkpoint fulfils: all witnesses that cosigned it have to have done so. */
export function policyCosigned(
  logs: readonly VerifierKey[],
  { note }: SignedCheckpoint,
  witnesses: readonly VerifierKey[],
): Policy {
  const cosigned = witnesses.filter((key) => cosignedBy(note, key) === 'valid');
  if (cosigned.length === 0) return policyOfLog(...logs);
  const members = cosigned.map((_, at) => `witness-${at + 1}`);
  const groups = new Map([['witnesses', { least: members.length, members }]]);
  const named = new Map(cosigned.map((key, at) => [members[at] ?? '', key]));
  return { logs: [...logs], witnesses: named, groups, quorum: 'witnesses' };
}

/** The text of a policy. */
export function policyText({ logs, witnesses, groups, quorum }: Policy): string {
  return [
    ...logs.map((key) => `log ${verifierKeyText(key)}`),
    ...[...witnesses].map(([name, key]) => `witness ${name} ${verifierKeyText(key)}`),
    ...[...groups].map(([name, { least, members }]) => `group ${name} ${least} ${members.join(' ')}`),
    `quorum ${quorum}`,
    '',
  ].join('\n');
}

/** Reads a policy. @throws Malformed the sentence names the line */
export function readPolicy(text: string): Policy {
  const policy: Policy = { ...policyOfLog(), quorum: '' };
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is refused.
  const control = /[\x00-\x08\x0b-\x1f\x7f]/.exec(text);
  if (control !== null)
    throw new Malformed(subject, quoted(control[0]), {
      en: 'no control characters but tab and line feed',
      zh: '除制表符和换行外没有控制字符',
    });
  const members = new Set<string>();
  text.split('\n').forEach((line, at) => {
    const items = line.split(/[ \t]+/).filter((item) => item !== '');
    if (items.length === 0 || items[0]?.startsWith('#')) return;
    const wrong = (expected: Words) =>
      new Malformed(
        { en: `${subject.en}, line ${at + 1}`, zh: `${subject.zh}第 ${at + 1} 行` },
        quoted(line),
        expected,
      );
    readLine(policy, members, items, wrong);
  });
  if (policy.quorum === '')
    throw new Malformed(subject, quoted(text), { en: 'a line "quorum"', zh: '一行“quorum”' });
  return policy;
}

function readLine(
  policy: Policy,
  used: Set<string>,
  [kind, ...items]: string[],
  wrong: (expected: Words) => Malformed,
): void {
  const { logs, witnesses, groups } = policy;
  const isKnown = (name: string) => witnesses.has(name) || groups.has(name);
  const requireNew = (name: string) => {
    if (name === 'none' || isKnown(name)) throw wrong({ en: 'a name not used yet', zh: '未用过的名称' });
    if (witnesses.size + groups.size >= mostOfAKind)
      throw wrong({ en: `at most ${mostOfAKind} names`, zh: `至多 ${mostOfAKind} 个名称` });
  };
  if (kind === 'log' && (items.length === 1 || items.length === 2)) {
    logs.push(newKey(items[0] ?? '', signatureTypes.ed25519, logs, wrong));
  } else if (kind === 'witness' && (items.length === 2 || items.length === 3)) {
    const [name = '', key = ''] = items;
    requireNew(name);
    witnesses.set(name, newKey(key, signatureTypes.cosignature, [...witnesses.values()], wrong));
  } else if (kind === 'group' && items.length > 2) {
    const [name = '', threshold = '', ...members] = items;
    requireNew(name);
    const least = threshold === 'all' ? members.length : threshold === 'any' ? 1 : (decimal(threshold) ?? 0);
    if (least < 1 || least > members.length)
      throw wrong({
        en: 'all, any, or a number up to that of the members',
        zh: 'all、any 或不超过成员数的数字',
      });
    for (const member of members) {
      if (!isKnown(member) || used.has(member))
        throw wrong({
          en: 'members defined above, each in one group',
          zh: '成员已在上文定义，且只属于一个组',
        });
      used.add(member);
    }
    groups.set(name, { least, members });
  } else if (kind === 'quorum' && items.length === 1 && policy.quorum === '') {
    const [name = ''] = items;
    if (name !== 'none' && !isKnown(name))
      throw wrong({ en: 'none, or a name defined above', zh: 'none 或上文定义的名称' });
    policy.quorum = name;
  } else {
    throw wrong({ en: 'log, witness, group, or one quorum', zh: 'log、witness、group 或唯一的 quorum' });
  }
}

function newKey(
  text: string,
  type: VerifierKey['type'],
  known: readonly VerifierKey[],
  wrong: (expected: Words) => Malformed,
): VerifierKey {
  const key = readVerifierKey(text);
  if (key.type !== type)
    throw wrong({ en: `a key of signature type ${type}`, zh: `签名类型为 ${type} 的密钥` });
  if (known.some(({ publicKey }) => publicKey.equals(key.publicKey)))
    throw wrong({ en: 'a key that is not listed yet', zh: '未列出过的密钥' });
  if (known.length >= mostOfAKind)
    throw wrong({ en: `at most ${mostOfAKind} keys`, zh: `至多 ${mostOfAKind} 个密钥` });
  return key;
}

/**
 * Checks a checkpoint by a policy: one of the logs signed it, and witnesses cosigned it as the quorum says.
 *
 * A witness that the quorum does not need may be absent; a line in the name of any known witness has to be its cosignature.
 *
 * @returns the key of the log, and the names of the witnesses that cosigned
 * @throws WrongSignature
 */
export function requirePolicy(
  signed: SignedCheckpoint,
  policy: Policy,
): { log: VerifierKey; witnesses: string[] } {
  const log = requireSigned(signed, policy.logs);
  const cosigned = new Set<string>();
  for (const [name, key] of policy.witnesses) {
    const verdict = cosignedBy(signed.note, key);
    if (verdict === 'invalid')
      throw new WrongSignature({
        en: `The cosignature in the name of witness ${name} (${key.name}+${key.keyId}) is not valid for this checkpoint.`,
        zh: `以见证方 ${name}（${key.name}+${key.keyId}）名义的会签对此检查点无效。`,
      });
    if (verdict === 'valid') cosigned.add(name);
  }
  const witnesses = [...cosigned];
  for (const [name, { least, members }] of policy.groups) {
    if (members.filter((member) => cosigned.has(member)).length >= least) cosigned.add(name);
  }
  if (policy.quorum !== 'none' && !cosigned.has(policy.quorum)) {
    throw new WrongSignature({
      en: `The checkpoint is cosigned by ${listed(witnesses, 'en') || 'no known witness'}; the policy expects the quorum ${policy.quorum}.`,
      zh: `检查点由 ${listed(witnesses, 'zh') || '无已知见证方'} 会签；策略要求 ${policy.quorum}。`,
    });
  }
  return { log, witnesses };
}
