// Stands beside the service in its own process and measures how long others had to wait for a turn.

/** The longest turn since it was asked last, in milliseconds of this thread, and the most memory so far, in megabytes. */
export interface TurnsSeen {
  longestTurnMs: number;
  mostMB: number;
}

const everyMs = 1;
let longest = 0;
let before = process.threadCpuUsage();

// While a turn lasts no timer comes, so what this thread worked between two ticks is what the longest turn took, and a tick more.
setInterval(() => {
  const worked = process.threadCpuUsage(before);
  longest = Math.max(longest, (worked.user + worked.system) / 1000);
  before = process.threadCpuUsage();
}, everyMs).unref();

process.on('message', () => {
  const seen: TurnsSeen = { longestTurnMs: longest, mostMB: process.resourceUsage().maxRSS / 1024 };
  longest = 0;
  process.send?.(seen);
});
// What listens here keeps no process alive that was told to stop.
process.channel?.unref();
