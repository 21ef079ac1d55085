import { timingSafeEqual } from 'node:crypto';
import { hashOf } from '../../app/access/key-text.js';
import { RequestRefused } from '../problems/faults.js';

/** Wrong tokens until none is taken any more. */
const mostTries = 5;

/** The token of the data folder by which the first administrator is made; the account that can read the file is at the machine. */
export class SetupToken {
  private tries = 0;

  /** @param token undefined where there is none */
  constructor(private readonly token: string | undefined) {}

  /** @throws RequestRefused `setup-refused` another token, or too many of them */
  require(said: string): void {
    const isRight =
      this.token !== undefined &&
      this.tries < mostTries &&
      timingSafeEqual(Buffer.from(hashOf(said)), Buffer.from(hashOf(this.token)));
    if (isRight) return;
    this.tries += 1;
    throw new RequestRefused([
      {
        member: 'token',
        type: 'setup-refused',
        seen: { en: 'another text', zh: '其他文本' },
        expected: {
          en: `the content of the file "setup-token" in the data folder; after ${mostTries} others the service is started again`,
          zh: `数据目录中 setup-token 文件的内容；错误 ${mostTries} 次后须重启服务`,
        },
      },
    ]);
  }
}
