/** Spread of the measured times of one call, in microseconds. */
export interface Timing {
  readonly medianUs: number;
  readonly p95Us: number;
}

/**
 * Time of one call of `run`, which gets the number of the call. Each sample is a batch of calls, so that the
 * clock's own resolution doesn't show; the first `warmUp` batches are not counted, for the compiler is still at work.
 */
export function timeOf(
  run: (call: number) => void,
  { batch, samples, warmUp }: { readonly batch: number; readonly samples: number; readonly warmUp: number },
): Timing {
  const times: number[] = [];
  let call = 0;
  for (let sample = 0; sample < warmUp + samples; sample += 1) {
    const start = performance.now();
    for (let index = 0; index < batch; index += 1) {
      run(call);
      call += 1;
    }
    const microseconds = ((performance.now() - start) * 1_000) / batch;
    if (sample >= warmUp) times.push(microseconds);
  }
  times.sort((a, b) => a - b);
  return { medianUs: quantile(times, 0.5), p95Us: quantile(times, 0.95) };
}

function quantile(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
}
