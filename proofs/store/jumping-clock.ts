// A clock that jumps on a message from the parent process.
const RealDate = Date;
let aheadMs = 0;

class JumpingDate extends RealDate {
  constructor(...parts: [] | [number]) {
    super(...((parts.length === 0 ? [RealDate.now() + aheadMs] : parts) as [number]));
  }

  static override now(): number {
    return RealDate.now() + aheadMs;
  }
}

globalThis.Date = JumpingDate as DateConstructor;
process.on('message', (message: { aheadMs: number }) => {
  aheadMs = message.aheadMs;
});
process.channel?.unref();
