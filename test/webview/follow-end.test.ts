// @vitest-environment jsdom
import { beforeEach, expect, test } from 'vitest';
import type { EndFollower } from '../../src/webview/chat/follow-end';
import { followEnd } from '../../src/webview/chat/follow-end';

let scroller: HTMLElement;
let end: EndFollower;
let contentHeight: number;

beforeEach(() => {
  contentHeight = 1_000;
  scroller = document.createElement('div');
  Object.defineProperty(scroller, 'scrollHeight', { get: () => contentHeight });
  Object.defineProperty(scroller, 'clientHeight', { value: 100 });
  end = followEnd(scroller);
});

function scrollTo(top: number): void {
  scroller.scrollTop = top;
  scroller.dispatchEvent(new Event('scroll'));
}

function grow(): void {
  contentHeight += 500;
  end.keep();
}

test('it follows from the start, however much is added at once', () => {
  grow();
  expect(scroller.scrollTop).toBe(1_500);
});

test('who scrolled up to read is left there, and followed again at the end', () => {
  scrollTo(900);
  scrollTo(300);
  grow();
  expect(scroller.scrollTop).toBe(300);
  scrollTo(1_400);
  grow();
  expect(scroller.scrollTop).toBe(2_000);
});

test('a late scroll event of its own, after more has been added, is not taken for the user’s', () => {
  scrollTo(900);
  contentHeight += 500;
  scroller.dispatchEvent(new Event('scroll'));
  end.keep();
  expect(scroller.scrollTop).toBe(1_500);
});
