// Runs beside the service in its own process and measures how long others had to wait for a turn.

/**
 * The longest turn since the last request, in milliseconds of this thread, and the maximum memory so far, in megabytes.
 */
export interface TurnsSeen {
  longestTurnMs: number;
  mostMB: number;
}

const everyMs = 1;
let longest = 0;
let before = process.threadCpuUsage();

// No timer fires during a turn, so this thread's work between two ticks is the longest turn plus a tick.
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
// This listener must not keep a stopped process alive.
process.channel?.unref();
