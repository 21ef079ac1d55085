import type { Text } from '../../../domain/values/words.js';
import { RequestRefused } from '../problems/faults.js';
import type { Rate } from './buckets.js';
import type { Rates } from './figures.js';

/** Too many requests: when the next one makes sense, and the limit in the headers of draft-ietf-httpapi-ratelimit-headers. */
export class RateLimited extends RequestRefused {
  override readonly headers: Readonly<Record<string, string>>;

  /** @param retryAfter whole seconds */
  constructor(
    seen: Text,
    expected: Text,
    override readonly retryAfter: number,
    policy?: { name: keyof Rates; rate: Rate; left: number },
  ) {
    super([{ member: 'rate', type: 'rate-limited', seen, expected }]);
    this.headers = policy ? headersOf(policy, retryAfter) : {};
  }
}

/** Why a request is refused by a rate. */
export function overRate(name: keyof Rates, rate: Rate, left: number, waitMs: number): RateLimited {
  const seconds = Math.max(1, Math.ceil(waitMs / 1_000));
  const { perSecond, burst } = rate;
  const [count, unit] = spoken(perSecond);
  const { en, zh } = subjects[name];
  return new RateLimited(
    { en: `more ${en}`, zh: `${zh}过多` },
    {
      en: `at most ${burst} together and ${count} ${unitWords[unit].en}; again in ${seconds} s`,
      zh: `一次至多 ${burst}，${unitWords[unit].zh} ${count}；${seconds} 秒后再试`,
    },
    seconds,
    { name, rate, left },
  );
}

const subjects: Readonly<Record<keyof Rates, { en: string; zh: string }>> = {
  strangers: { en: 'requests without a sign-in from this address', zh: '该地址未登录的请求' },
  failures: { en: 'wrong sign-ins from this address', zh: '该地址错误的登录' },
  reads: { en: 'reads', zh: '读取请求' },
  writes: { en: 'writes', zh: '写入请求' },
  lines: { en: 'lines of imports', zh: '导入的行' },
  addresses: { en: 'subscriptions that are added or changed', zh: '新增或修改的订阅' },
  tests: { en: 'test notices', zh: '测试通知' },
};

type Unit = 'second' | 'minute' | 'hour';
const unitWords: Readonly<Record<Unit, { en: string; zh: string }>> = {
  second: { en: 'a second', zh: '每秒' },
  minute: { en: 'a minute', zh: '每分钟' },
  hour: { en: 'an hour', zh: '每小时' },
};

/** A rate in whole numbers. */
function spoken(perSecond: number): [count: number, unit: Unit] {
  if (perSecond >= 1) return [Math.round(perSecond), 'second'];
  if (perSecond * 60 >= 1) return [Math.round(perSecond * 60), 'minute'];
  return [Math.max(1, Math.round(perSecond * 3_600)), 'hour'];
}

function headersOf(
  { name, rate, left }: { name: keyof Rates; rate: Rate; left: number },
  retryAfter: number,
): Record<string, string> {
  const window = Math.max(1, Math.ceil(rate.burst / rate.perSecond));
  return {
    'ratelimit-policy': `"${name}";q=${rate.burst};w=${window}`,
    ratelimit: `"${name}";r=${left};t=${retryAfter}`,
  };
}
