import type { Case, Nic } from '../model/case.ts';
import { firstKnown, type Known, mapKnown, unknown, valueIn } from '../model/known.ts';
import { findThing } from './look-up.ts';
import { compareReleases } from './release.ts';

/** main, stable/14 and stable/15 got the rework in autumn 2025, after 14.3 (commit 3008f30d2c2c and its follow-ups). */
export const LAST_BEFORE_REWORK = '14.3';
/** changelog of OPNsense: "src: vtnet: assorted stable branch improvements" in 25.7.8 and, of the business edition, 25.10.1. */
const FIRST_OPNSENSE = '25.7.8';
const BUSINESS = ['25.10', '25.10.1'] as const;

/**
 * Whether this vtnet is of before or after its rework. Release numbers tell little, since branches and products took it over at other
 * times: the driver shows itself by the option HWSTATS and by its sysctl leaves.
 */
export function readRework(nic: Nic, kase: Case): Known<'reworked' | 'before'> {
  const { driver, isReworked, offloads } = nic.guest?.says ?? {};
  if ((valueIn(driver) ?? /^[a-z]+/.exec(nic.name)?.[0]) !== 'vtnet') return unknown;
  if (valueIn(findThing(kase, 'guest', 'system', '')?.says.os) === 'dragonfly') return unknown;
  return firstKnown(
    mapKnown(isReworked, (is) => (is ? 'reworked' : undefined)),
    mapKnown(offloads, (list) => (list.includes('hardware-statistics') ? 'reworked' : 'before')),
    byProduct(kase),
  );
}

function byProduct(kase: Case): Known<'reworked' | 'before'> {
  const says = findThing(kase, 'guest', 'system', '')?.says;
  if (valueIn(says?.distribution) !== 'opnsense') return unknown;
  return mapKnown(says?.distributionRelease, (release) => {
    const isFirstBusiness =
      compareReleases(release, BUSINESS[0]) >= 0 && compareReleases(release, BUSINESS[1]) < 0;
    if (isFirstBusiness) return undefined;
    return compareReleases(release, FIRST_OPNSENSE) >= 0 ? 'reworked' : 'before';
  });
}
