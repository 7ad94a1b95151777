import { expect, it } from 'vitest';
import { createTellings } from '../../../src/core/learning/tellings';

it('learns how often answers are told of, by the surface', () => {
  const tellings = createTellings();
  for (let asked = 0; asked < 200; asked += 1) {
    tellings.asked('chat');
    tellings.asked('edit');
    tellings.told('edit', 1);
    if (asked % 20 === 0) tellings.told('chat', 1);
  }
  expect(tellings.share01('edit')).toBeGreaterThan(0.95);
  expect(tellings.share01('chat')).toBeCloseTo(0.05, 1);
});

it('is cautious of a surface that is new, and never gives one up', () => {
  const tellings = createTellings();
  expect(tellings.share01('new')).toBe(0.25);
  for (let asked = 0; asked < 10_000; asked += 1) tellings.asked('silent');
  expect(tellings.share01('silent')).toBe(0.02);
});

it('forgets what is taken back', () => {
  const tellings = createTellings();
  tellings.asked('chat');
  tellings.told('chat', 1);
  const before = tellings.share01('chat');
  tellings.told('chat', 1);
  tellings.told('chat', -1);
  expect(tellings.share01('chat')).toBe(before);
});
