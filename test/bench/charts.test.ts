// @vitest-environment jsdom
import { describe, expect, test } from 'vitest';
import type { QualityCostPoint } from '../../bench/routing/charts';
import { learningCurvesSvg, qualityCostSvg } from '../../bench/routing/charts';
import { frontierPoints, frontierSvg, unbeaten } from '../../bench/routing/frontier';
import { seriesStyle } from '../../bench/routing/svg';
import { sampleResult } from './samples';

/** Throws where the XML is not well formed; JSDOM's parser answers with a document that says so. */
function parsed(svg: string): Document {
  const document = new DOMParser().parseFromString(svg, 'image/svg+xml');
  const error = document.querySelector('parsererror');
  if (error !== null) throw new Error(error.textContent);
  expect(document.documentElement.namespaceURI).toBe('http://www.w3.org/2000/svg');
  expect(svg).not.toMatch(/NaN|Infinity|undefined/);
  return document;
}

function textsOf(svg: string): readonly string[] {
  return [...parsed(svg).querySelectorAll('text')].map(({ textContent }) => textContent);
}

const awkward = 'a <b> & "c"\u0007 λ';

describe('learning curves', () => {
  const results = [0, 0.5].flatMap((lambda) => [
    sampleResult('conduit', lambda, [0.7, 0.8], 300),
    sampleResult('random', lambda, [0.3, 0.4], 300),
    sampleResult(awkward, lambda, [0.3, 0.4], 300),
    sampleResult('not asked for', lambda, [0.3, 0.4], 300),
  ]);
  const svg = learningCurvesSvg(results, {
    title: 'T & Co',
    policies: ['conduit', 'random', awkward, 'absent'],
  });

  test('are well-formed XML, with a label for each line of each λ', () => {
    const texts = textsOf(svg);
    expect(texts.filter((text) => text === 'conduit 0.750')).toHaveLength(2);
    expect(texts.filter((text) => text === 'random 0.350')).toHaveLength(2);
    expect(texts.filter((text) => text === 'a <b> & "c"\uFFFD λ 0.350')).toHaveLength(2);
    expect(texts).toContain('T & Co');
    expect(texts).toContain('Mean reward so far, λ = 0.5');
    expect(svg).not.toContain('not asked for');
  });

  test('have labels that do not touch', () => {
    const labels = [...parsed(svg).querySelectorAll('text')].filter(({ textContent }) =>
      / 0\.\d{3}$/.test(textContent),
    );
    const heights = labels.map((label) => Number(label.getAttribute('y'))).toSorted((a, b) => a - b);
    expect(heights).toHaveLength(6);
    heights.slice(1).forEach((height, index) => {
      expect(height - (heights[index] ?? 0)).toBeGreaterThanOrEqual(15);
    });
  });

  test('of nothing, of one step, and of equal rewards are drawings too', () => {
    parsed(learningCurvesSvg([], { title: 'none', policies: [] }));
    parsed(learningCurvesSvg([sampleResult('a', 0, [0.5], 1)], { title: 'one', policies: ['a'] }));
    parsed(learningCurvesSvg([sampleResult('a', 0, [0], 9)], { title: 'flat', policies: ['a'] }));
  });

  test('follow the reader’s colour scheme on a card of their own', () => {
    expect(svg).toContain('prefers-color-scheme: dark');
    expect(parsed(svg).querySelector('rect.card')).not.toBeNull();
  });

  test('differ in colour or dash', () => {
    const styles = Array.from({ length: 28 }, (_, index) => JSON.stringify(seriesStyle(index)));
    expect(new Set(styles).size).toBe(28);
  });
});

describe('quality by cost', () => {
  const points: readonly QualityCostPoint[] = [
    { label: 'λ = 0', meanCostUsd: 0.02, meanQuality01: 0.8, kind: 'conduit' },
    { label: 'λ = 0.5', meanCostUsd: 0.001, meanQuality01: 0.7, kind: 'conduit' },
    { label: 'textbook', meanCostUsd: 0.01, meanQuality01: 0.75, kind: 'router' },
    { label: awkward, meanCostUsd: 0.03, meanQuality01: 0.75, kind: 'single' },
    { label: 'local', meanCostUsd: 0, meanQuality01: 0.4, kind: 'single' },
    { label: 'at random', meanCostUsd: 0.004, meanQuality01: 0.5, kind: 'random' },
    { label: 'oracle', meanCostUsd: 0.003, meanQuality01: 0.9, kind: 'oracle' },
  ];
  const svg = qualityCostSvg(points, { title: 'Quality & cost' });

  test('is well-formed XML with the label of every point', () => {
    const texts = textsOf(svg);
    for (const { label } of points) expect(texts).toContain(label.replace('\u0007', '\uFFFD'));
    expect(texts).toEqual(
      expect.arrayContaining(['Quality & cost', '$0', '$0.001', '$0.01', 'Conduit, by λ']),
    );
  });

  test('names only the kinds that occur', () => {
    const texts = textsOf(qualityCostSvg(points.slice(0, 2), { title: 'two' }));
    expect(texts).toContain('Conduit, by λ');
    expect(texts).not.toContain('chance');
  });

  test('of nothing, of one point and of what is free is a drawing too', () => {
    parsed(qualityCostSvg([], { title: 'none' }));
    parsed(qualityCostSvg(points.slice(0, 1), { title: 'one' }));
    parsed(qualityCostSvg(points.slice(4, 5), { title: 'free' }));
  });
});

describe('the frontier of gain and harm', () => {
  const of = (rewards: Readonly<Record<string, number>>) => ({
    corpus: { name: 'one', models: ['x', 'y'], dearestMeanUsd: 1 },
    rows: 4,
    feedback: 1,
    results: Object.entries(rewards).map(([policy, reward]) => sampleResult(policy, 0, [reward, reward])),
  });
  const cells = [
    of({
      conduit: 0.6,
      'conduit-priors-off': 0.5,
      'conduit-priors-reversed': 0.3,
      'conduit-priors-random': 0.4,
      'set:light': 0.55,
      'set:light-priors-off': 0.5,
      'set:light-priors-reversed': 0.45,
      'set:light-priors-random': 0.47,
      'best-single': 0.6,
    }),
  ];
  const points = frontierPoints(cells, ['table', 'off', 'reversed', 'random']);

  test('has the gain by the table, and the worst loss by those that are wrong', () => {
    expect(points.map(({ label }) => label)).toEqual(['conduit', 'light']);
    expect(points[0]?.gain).toBeCloseTo(0.1, 12);
    expect(points[0]?.harm).toBeCloseTo(0.2, 12);
    expect(points[1]?.harm).toBeCloseTo(0.05, 12);
    expect(frontierPoints(cells, ['table', 'off', 'true'])).toEqual([]);
    expect(frontierPoints(cells, ['table', 'reversed'])).toEqual([]);
  });

  test('is of those that no other beats', () => {
    expect(unbeaten(points)).toEqual(points);
    const worse = { label: 'worse', gain: 0.04, harm: 0.06 };
    expect(unbeaten([...points, worse])).toEqual(points);
  });

  test('is well-formed XML, of no point too', () => {
    const svg = frontierSvg([...points, { label: awkward, gain: 0, harm: 0 }], 'Right & wrong');
    expect(textsOf(svg)).toEqual(expect.arrayContaining(['Right & wrong', 'conduit', 'light']));
    parsed(frontierSvg([], 'none'));
  });
});
