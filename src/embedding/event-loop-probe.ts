/** Watches how long this thread's event loop is blocked: nothing of ours may make the editor's host wait. */
export interface EventLoopProbe {
  /** Ends the watch. The longest time, in ms, by which a timer of 5 ms came late. */
  stop(): number;
}

const everyMs = 5;

export function watchEventLoop(): EventLoopProbe {
  let longestMs = 0;
  let lastMs = performance.now();
  const look = (): void => {
    const nowMs = performance.now();
    longestMs = Math.max(longestMs, nowMs - lastMs - everyMs);
    lastMs = nowMs;
  };
  const timer = setInterval(look, everyMs).unref();
  return {
    stop: () => {
      clearInterval(timer);
      look();
      return longestMs;
    },
  };
}
