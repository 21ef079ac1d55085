import { type Argon2Parameters, argon2, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';
import { Refused } from '../../refusals.js';
import { folded, type PersonNamed } from '../people.js';

/** What one computation costs. */
export interface PasswordCost {
  memoryKiB: number;
  passes: number;
}

/** The second recommendation of RFC 9106, computed on one core. */
const usualCost: PasswordCost = { memoryKiB: 64 * 1024, passes: 3 };

/** Computations at a time, and how many may wait: memory is bounded, and nobody waits for long. */
const mostAtATime = 2;
const mostWaiting = 16;

const saltBytes = 16;
const tagBytes = 32;
const leastCharacters = 12;
/** Fewer different characters are a pattern. */
const leastDifferent = 5;

/** A PHC string of what this service computes. */
const shape = /^\$argon2id\$v=19\$m=(\d{1,7}),t=(\d{1,2}),p=1\$([\w+/]+)\$([\w+/]+)$/;

const derive = promisify(argon2);

/** Passwords as argon2id hashes, computed beside the requests and a few at a time. */
export class Passwords {
  private running = 0;
  private readonly waiting: (() => void)[] = [];
  private readonly nobodys: string;

  constructor(
    private readonly newSecret: (bytes: number) => string,
    private readonly cost: PasswordCost = usualCost,
  ) {
    this.nobodys = phc(cost, bytesOf(newSecret(saltBytes)), bytesOf(newSecret(tagBytes)));
  }

  /** What is stored of a password. @throws Refused `sign-in-busy` */
  async hash(password: string): Promise<string> {
    const salt = bytesOf(this.newSecret(saltBytes));
    return phc(this.cost, salt, await this.derived(password, salt, this.cost));
  }

  /**
   * True if a password is the stored one; where none is stored it takes as long to return false.
   *
   * @throws Refused `sign-in-busy`
   */
  async isRight(password: string, stored: string | undefined): Promise<boolean> {
    const [, memory, passes, salt = '', tag = ''] = shape.exec(stored ?? this.nobodys) ?? [];
    const cost = { memoryKiB: Number(memory), passes: Number(passes) };
    const derived = await this.derived(password, bytesOf(salt), cost);
    const known = bytesOf(tag);
    return known.length === derived.length && timingSafeEqual(known, derived) && stored !== undefined;
  }

  private async derived(password: string, nonce: Buffer, cost: PasswordCost): Promise<Buffer> {
    const parameters: Argon2Parameters = {
      message: normal(password),
      nonce,
      parallelism: 1,
      tagLength: tagBytes,
      memory: cost.memoryKiB,
      passes: cost.passes,
    };
    await this.turn();
    try {
      return await derive('argon2id', parameters);
    } finally {
      const next = this.waiting.shift();
      if (next) next();
      else this.running -= 1;
    }
  }

  private async turn(): Promise<void> {
    if (this.running < mostAtATime) {
      this.running += 1;
      return;
    }
    if (this.waiting.length >= mostWaiting) throw busy();
    await new Promise<void>((resolve) => void this.waiting.push(resolve));
  }
}

/**
 * Refuses a password that is easily guessed.
 *
 * @throws Refused `password-weak`
 */
export function requireFit(password: string, { name, contact }: Partial<PersonNamed>): void {
  const characters = [...normal(password)];
  const isOwn = [name, contact].some((own) => own !== undefined && folded(own) === folded(password));
  if (characters.length < leastCharacters)
    throw weak({ en: `${characters.length} characters`, zh: `${characters.length} 个字符` });
  if (isOwn) throw weak({ en: 'the name or the contact', zh: '姓名或联系方式' });
  if (new Set(characters).size < leastDifferent)
    throw weak({ en: 'the same few characters again and again', zh: '少数字符的重复' });
}

function normal(text: string): string {
  return text.normalize('NFKC');
}

function phc({ memoryKiB, passes }: PasswordCost, salt: Buffer, tag: Buffer): string {
  return `$argon2id$v=19$m=${memoryKiB},t=${passes},p=1$${unpadded(salt)}$${unpadded(tag)}`;
}

function unpadded(bytes: Buffer): string {
  return bytes.toString('base64').replace(/=+$/, '');
}

function bytesOf(base64: string): Buffer {
  return Buffer.from(base64, 'base64');
}

function weak(seen: { en: string; zh: string }): Refused {
  return new Refused('password-weak', {
    member: 'password',
    seen,
    expected: {
      en: `at least ${leastCharacters} characters, such as four words, and not the name or the contact`,
      zh: `至少 ${leastCharacters} 个字符（例如四个词语），且不是姓名或联系方式`,
    },
  });
}

function busy(): Refused {
  return new Refused('sign-in-busy', {
    seen: { en: `${mostWaiting} others who sign in`, zh: `${mostWaiting} 人正在登录` },
    expected: { en: 'a try in a few seconds', zh: '几秒后重试' },
  });
}
