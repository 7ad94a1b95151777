import { aside, stair } from '../../.dependency-cruiser.mjs';

/** The file beside the rooms of the core, which knows all of them. */
const door = 'conduit.ts';
const inCore = /^src\/core\/([^/]+)/;

/** The floors of the core, from the top. Rooms of one floor don't know each other. */
const floors = [
  [door],
  ...stair.flatMap((room) => {
    if (!aside.includes(room)) return [[room]];
    return room === aside[0] ? [aside] : [];
  }),
];

/**
 * The arrows between places, each once with how many imports it stands for, in the order of the imports.
 * @param {{ from: string, to: string, typeOnly: boolean }[]} imports
 * @param {(file: string) => string | undefined} placeOf
 */
export function arrowsBetween(imports, placeOf) {
  const arrows = new Map();
  for (const { from, to, typeOnly } of imports) {
    const [start, end] = [placeOf(from), placeOf(to)];
    if (start === undefined || end === undefined || start === end) continue;
    const key = `${start} → ${end}`;
    const before = arrows.get(key) ?? { from: start, to: end, count: 0, typeOnly: true };
    arrows.set(key, { ...before, count: before.count + 1, typeOnly: before.typeOnly && typeOnly });
  }
  return [...arrows.values()];
}

/**
 * The rooms of the core from the top, and the arrows between them. An arrow climbs where it doesn't go down; one from or
 * to a room that the stair doesn't have climbs too.
 * @param {{ files: string[], imports: { from: string, to: string, typeOnly: boolean }[] }} report of `checkLayers`
 */
export function roomsOfCore({ files, imports }) {
  const roomOf = (file) => inCore.exec(file)?.[1];
  const floorOf = (room) => floors.findIndex((rooms) => rooms.includes(room));
  const sizes = new Map();
  for (const room of files.map(roomOf)) {
    if (room !== undefined) sizes.set(room, (sizes.get(room) ?? 0) + 1);
  }
  const rooms = [...sizes]
    .map(([name, size]) => ({ name, files: size }))
    .sort((a, b) => floorOf(a.name) - floorOf(b.name) || a.name.localeCompare(b.name));
  const arrows = arrowsBetween(imports, roomOf);
  const isDown = ({ from, to }) => floorOf(from) >= 0 && floorOf(from) < floorOf(to);
  return { rooms, arrows, climbing: arrows.filter((arrow) => !isDown(arrow)) };
}
