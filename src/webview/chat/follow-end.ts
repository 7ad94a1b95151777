/** Keeps a scroller at its end while it grows, until the user scrolls up to read. */
export interface EndFollower {
  /** To be called after the content has grown. */
  keep(): void;
  /** Goes to the end and follows from there. */
  toEnd(): void;
}

/** How near to the end, in pixels, still counts as being there. */
const nearEndPx = 40;

export function followEnd(scroller: HTMLElement): EndFollower {
  let following = true;
  let lastTop = 0;

  scroller.addEventListener('scroll', () => {
    const { scrollTop, scrollHeight, clientHeight } = scroller;
    const atEnd = scrollHeight - scrollTop - clientHeight < nearEndPx;
    // Content may have grown since our own scrolling, which only ever goes down: only going up is the user's.
    if (atEnd) following = true;
    else if (scrollTop < lastTop) following = false;
    lastTop = scrollTop;
  });

  function toEnd(): void {
    following = true;
    scroller.scrollTop = scroller.scrollHeight;
  }

  return {
    keep: () => {
      if (following) toEnd();
    },
    toEnd,
  };
}
