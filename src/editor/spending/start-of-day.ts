/** Unix ms of the midnight before `nowMs`, in the time zone of this machine. */
export function startOfDayMs(nowMs: number): number {
  return new Date(nowMs).setHours(0, 0, 0, 0);
}
