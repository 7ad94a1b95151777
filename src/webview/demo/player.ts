export interface PlayerParts {
  /** Something with the next frame: `requestAnimationFrame`. */
  readonly nextFrame: (work: (nowMs: number) => void) => void;
  /** Moves in steps of a second, not all the time. */
  readonly calm: () => boolean;
  /** So many requests are shown; from 0. */
  readonly show: (position: number) => void;
  /** It began, or stopped. */
  readonly changed: (playing: boolean) => void;
}

/** Goes through a run by itself, as fast as it is told. */
export interface Player {
  /** Another run, of so many requests, of which so many are shown. */
  load(count: number, position: number): void;
  play(): void;
  pause(): void;
  toggle(): void;
  /** Shows so many, at most all. Playing goes on from there. */
  seek(position: number): void;
  position(): number;
  setSpeed(requestsPerSecond: number): void;
}

const calmMs = 1_000;
/** After a pause of the page, such as being hidden, it doesn't jump. */
const longestFrameMs = 250;

export function createPlayer({ nextFrame, calm, show, changed }: PlayerParts): Player {
  let count = 0;
  /** With what is on its way to the next request. */
  let position = 0;
  let speed = 1;
  let playing = false;
  let lastMs: number | undefined;
  let shownMs = 0;

  function frame(nowMs: number): void {
    if (!playing) return;
    const passedMs = nowMs - (lastMs ?? nowMs);
    lastMs = nowMs;
    const before = Math.floor(position);
    const isCalm = calm();
    position = Math.min(
      count,
      position + (speed * (isCalm ? passedMs : Math.min(passedMs, longestFrameMs))) / 1_000,
    );
    const isDue = !isCalm || nowMs - shownMs >= calmMs || position >= count;
    if (isDue && (Math.floor(position) !== before || isCalm)) {
      shownMs = nowMs;
      show(Math.floor(position));
    }
    if (position >= count) stop();
    else nextFrame(frame);
  }

  function stop(): void {
    if (!playing) return;
    playing = false;
    lastMs = undefined;
    changed(false);
  }

  function play(): void {
    if (playing || count === 0) return;
    if (position >= count) seek(0);
    playing = true;
    changed(true);
    nextFrame(frame);
  }

  function seek(to: number): void {
    position = Math.max(0, Math.min(count, Math.floor(to)));
    show(position);
    if (position >= count) stop();
  }

  return {
    load: (all, from) => {
      stop();
      count = all;
      seek(from);
    },
    play,
    pause: stop,
    toggle: () => (playing ? stop() : play()),
    seek,
    position: () => Math.floor(position),
    setSpeed: (requestsPerSecond) => {
      speed = requestsPerSecond;
    },
  };
}
