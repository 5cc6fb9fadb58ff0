import type { Case, DriverEntry, Nic } from '../model/case.ts';
import { type Known, known, unknown, valueIn } from '../model/known.ts';
import type { Lines } from '../model/line.ts';
import { guestOs } from './guest-os.ts';
import { findThing } from './look-up.ts';
import { compareReleases } from './release.ts';
import { LAST_BEFORE_REWORK, readRework } from './rework.ts';

/** The word that holds for every release the guest may have; unknown when the table differs within that range. */
export function readDriverTable(fact: string, nic: Nic, kase: Case): Known<string> {
  const os = valueIn(guestOs(nic, kase));
  // A device without an interface would be driven by the one driver that the system has for virtio NICs.
  const driver = nic.guest && (valueIn(nic.guest.says.driver) ?? /^[a-z]+/.exec(nic.name)?.[0]);
  const entries = kase.drivers.filter(
    (entry) => entry.os === os && (!nic.guest || entry.driver === driver) && entry.fact === fact,
  );
  const rework = readRework(nic, kase);
  const signed = entries.find(({ sign }) => sign === 'reworked');
  if (signed && valueIn(rework) === 'reworked' && rework.state === 'known')
    return known(signed.word, rework.at);
  const byRelease = entries.filter(({ sign }) => sign === undefined);
  const always = byRelease.find(({ from, to }) => from === undefined && to === undefined);
  if (always && nic.guest) return known(always.word, nic.guest.at);
  const span = spanOf(kase, rework, os);
  if (!span) return unknown;
  const first = byRelease.find((entry) => covers(entry, span.from ?? '0'));
  const last = byRelease.find((entry) => covers(entry, span.to ?? '9999'));
  if (!first || first.word !== last?.word) return unknown;
  return known(first.word, span.at);
}

type Span = { from?: string; to?: string; at: Lines };

/** A NIC that shows itself to be of before the rework bounds the release too, and outranks its number. */
function spanOf(kase: Case, rework: Known<string>, os: string | undefined): Span | undefined {
  const span = releaseSpan(kase, os);
  if (rework.state !== 'known' || rework.value !== 'before') return span;
  const isLater = (release: string | undefined) =>
    release === undefined || compareReleases(release, LAST_BEFORE_REWORK) > 0;
  if (!span) return { to: LAST_BEFORE_REWORK, at: rework.at };
  const to = isLater(span.to) ? LAST_BEFORE_REWORK : span.to;
  const from = span.from !== undefined && isLater(span.from) ? LAST_BEFORE_REWORK : span.from;
  const at: Lines = to === span.to ? span.at : [span.at[0], rework.at[0]];
  return { ...(from !== undefined && { from }), ...(to !== undefined && { to }), at };
}

function releaseSpan(kase: Case, os: string | undefined): Span | undefined {
  const says = findThing(kase, 'guest', 'system', '')?.says;
  if (says?.release?.state === 'known') {
    const { value, at } = says.release;
    // A branch on its way to the next release may have any of that one's changes.
    const isMoving = os === 'freebsd' && !/-RELEASE\b/.test(value) && /-[A-Z]/.test(value);
    if (!isMoving) return { from: value, to: value, at };
    const stable = /^(\d{1,2})\.\d{1,2}-(?:STABLE|PRERELEASE)/.exec(value)?.[1];
    return { from: value, ...(stable && { to: `${stable}.99` }), at };
  }
  const from = says?.releaseAtLeast?.state === 'known' ? says.releaseAtLeast : undefined;
  const to = says?.releaseAtMost?.state === 'known' ? says.releaseAtMost : undefined;
  const at = from?.at ?? to?.at;
  return at && { ...(from && { from: from.value }), ...(to && { to: to.value }), at };
}

function covers(entry: DriverEntry, release: string): boolean {
  if (entry.from !== undefined && compareReleases(release, entry.from) < 0) return false;
  return entry.to === undefined || compareReleases(release, entry.to) <= 0;
}
