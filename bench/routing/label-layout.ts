import type { Box } from './svg';

/**
 * Moves heights apart until each is at least `gap` from the next, as near to where they were wanted as blocks of
 * touching labels can be, and from `top` on. Answers in the order of `wanted`.
 */
export function spread(
  wanted: readonly number[],
  gap: number,
  top: number,
  bottom: number,
): readonly number[] {
  const order = wanted.map((_, index) => index).toSorted((a, b) => (wanted[a] ?? 0) - (wanted[b] ?? 0));
  const blocks: { start: number; readonly members: number[] }[] = [];
  for (const index of order) {
    let block = { start: wanted[index] ?? 0, members: [index] };
    for (;;) {
      block.start = centered(block.members, wanted, gap);
      block.start = Math.max(top, Math.min(block.start, bottom - (block.members.length - 1) * gap));
      const above = blocks.at(-1);
      if (above === undefined || above.start + above.members.length * gap <= block.start) break;
      blocks.pop();
      block = { start: 0, members: [...above.members, ...block.members] };
    }
    blocks.push(block);
  }
  const heights = wanted.map(() => 0);
  for (const { start, members } of blocks) {
    members.forEach((index, position) => (heights[index] = start + position * gap));
  }
  return heights;
}

function centered(members: readonly number[], wanted: readonly number[], gap: number): number {
  const offsets = members.map((index, position) => (wanted[index] ?? 0) - position * gap);
  return offsets.reduce((sum, offset) => sum + offset, 0) / offsets.length;
}

export type Point = readonly [x: number, y: number];

export interface Labelled {
  readonly at: Point;
  readonly width: number;
  readonly height: number;
}

export interface LabelSpot {
  readonly box: Box;
  /** From the point to the label, where the one alone would not tell that it belongs to the other. */
  readonly leader?: readonly [Point, Point];
}

const radii = [9, 14, 20, 28, 40, 56, 76];
const directions = 16;
const dotRadius = 7;
/** As far as this a label needs no line, if no other point is about as near to it. */
const nearRadius = 20;
const rounds = 4;

/**
 * A place for the label of every point, within `frame`, clear of the points, of each other and of `obstacles`, and as
 * near to its point as that allows. Where there is no such place, the one that covers least.
 */
export function placeLabels(
  labels: readonly Labelled[],
  frame: Box,
  obstacles: readonly Box[],
): readonly LabelSpot[] {
  const spots: LabelSpot[] = [];
  // The first round places each label knowing those before it, later ones let it make way for those after it too.
  for (let round = 0; round < rounds; round += 1) {
    labels.forEach((label, index) => {
      const dots = labels.filter((_, other) => other !== index).map(({ at }) => at);
      const placed = spots.filter((_, other) => other !== index).flatMap(boxesOf);
      spots[index] = spotFor(label, frame, dots, [...obstacles, ...dots.map(boxOfDot), ...placed]);
    });
  }
  return spots;
}

function spotFor(label: Labelled, frame: Box, dots: readonly Point[], taken: readonly Box[]): LabelSpot {
  let best: { cost: number; spot: LabelSpot } = { cost: Number.POSITIVE_INFINITY, spot: { box: frame } };
  const avoided = [...taken, boxOfDot(label.at)];
  for (const radius of radii) {
    for (let direction = 0; direction < directions; direction += 1) {
      const angle = (direction * 2 * Math.PI) / directions;
      const box = boxBeside(label, angle, radius);
      const mistakable = dots.some((dot) => distance(dot, box) < distance(label.at, box) + 4);
      const leader =
        mistakable || radius > nearRadius ? ([label.at, nearestIn(box, label.at)] as const) : undefined;
      const covered =
        coveredBy([box], avoided) + (leader === undefined ? 0 : 4 * coveredBy(boxesAlong(leader), taken));
      const outside = box.width * box.height - sharedArea(box, frame);
      // Rightwards reads best, a diagonal least.
      const taste = (mistakable ? 30 : 0) + (1 - Math.cos(angle)) + Math.abs(Math.sin(2 * angle));
      const cost = (covered + outside) * 100 + radius + taste;
      if (cost < best.cost) best = { cost, spot: leader === undefined ? { box } : { box, leader } };
    }
  }
  return best.spot;
}

function boxBeside({ at: [x, y], width, height }: Labelled, angle: number, radius: number): Box {
  const centerX = x + Math.cos(angle) * (radius + width / 2);
  const centerY = y + Math.sin(angle) * (radius + height / 2);
  return { x: centerX - width / 2, y: centerY - height / 2, width, height };
}

function boxOfDot([x, y]: Point): Box {
  return { x: x - dotRadius, y: y - dotRadius, width: 2 * dotRadius, height: 2 * dotRadius };
}

function boxesOf({ box, leader }: LabelSpot): readonly Box[] {
  return leader === undefined ? [box] : [box, ...boxesAlong(leader)];
}

function nearestIn({ x, y, width, height }: Box, [toX, toY]: Point): Point {
  return [Math.min(Math.max(toX, x), x + width), Math.min(Math.max(toY, y), y + height)];
}

function distance(point: Point, box: Box): number {
  const [x, y] = nearestIn(box, point);
  return Math.hypot(point[0] - x, point[1] - y);
}

function coveredBy(boxes: readonly Box[], others: readonly Box[]): number {
  return boxes.reduce(
    (sum, box) => sum + others.reduce((part, other) => part + sharedArea(box, other), 0),
    0,
  );
}

export function sharedArea(a: Box, b: Box): number {
  const width = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x);
  const height = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y);
  return width > 0 && height > 0 ? width * height : 0;
}

/** Small boxes along a line from point to point, for labels to keep clear of. */
export function boxesAlong(points: readonly Point[]): readonly Box[] {
  const stride = 5;
  return points.slice(1).flatMap(([toX, toY], index) => {
    const [fromX, fromY] = points[index] ?? [toX, toY];
    const count = Math.ceil(Math.hypot(toX - fromX, toY - fromY) / stride);
    return Array.from({ length: count }, (_, step) => ({
      x: fromX + ((toX - fromX) * step) / count - 2,
      y: fromY + ((toY - fromY) * step) / count - 2,
      width: 4,
      height: 4,
    }));
  });
}
