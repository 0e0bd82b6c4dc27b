import { describe, expect, it } from 'vitest';
import { TimeZone } from '../../src/traffic/time-zone.js';

const HOUR_MS = 3_600_000;

describe('a time zone', () => {
  it.each([
    ['UTC', '2026-07-01T00:00Z', 0],
    ['Europe/Berlin', '2026-01-01T00:00Z', 1],
    ['Europe/Berlin', '2026-07-01T00:00Z', 2],
    ['Asia/Kolkata', '2026-07-01T00:00Z', 5.5],
    ['America/St_Johns', '2026-01-01T00:00Z', -3.5],
    ['Pacific/Kiritimati', '2026-01-01T00:00Z', 14],
    ['Asia/Kathmandu', '2026-01-01T23:59:59.999Z', 5.75],
  ])('%s is at %s ahead of UTC by %d hours', (name, at, hours) => {
    expect(new TimeZone(name).offsetAt(Date.parse(at))).toBe(hours * HOUR_MS);
  });

  it('finds the second at which the offset changes', () => {
    const berlin = new TimeZone('Europe/Berlin');
    const change = Date.parse('2026-03-29T01:00:00Z');
    expect(berlin.changeBetween(change - 1_234_567, change + HOUR_MS)).toBe(change);
    expect(berlin.changeBetween(change, change + HOUR_MS)).toBeUndefined();
    expect([berlin.offsetAt(change - 1), berlin.offsetAt(change)]).toEqual([HOUR_MS, 2 * HOUR_MS]);
  });

  it('turns every hour of a year into its instant and back, but for the one skipped and the one doubled', () => {
    const zone = new TimeZone('America/New_York');
    let skipped = 0;
    const instants = new Set<number>();
    const first = Date.UTC(2026, 0, 1);
    for (let hour = 0; hour < 365 * 24; hour++) {
      const local = first + hour * HOUR_MS;
      const instant = zone.instantOf(local);
      if (instant === undefined) skipped++;
      else {
        expect(instant + zone.offsetAt(instant)).toBe(local);
        instants.add(instant);
      }
    }
    expect([skipped, instants.size]).toEqual([1, 365 * 24 - 1]);
  });

  it('says which name it does not know', () => {
    expect(() => new TimeZone('Europe/Nowhere')).toThrow(/Europe\/Nowhere/);
  });
});
