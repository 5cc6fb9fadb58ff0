import type { Capture } from '../model/capture.ts';
import type { Report } from '../model/report.ts';
import type { Examining } from './hands.ts';

/** What went, what stayed and what is new, unless more was given meanwhile. */
export async function compareWith(
  { world, act, state }: Examining,
  captures: readonly Capture[],
  saying: (report: Report) => string,
  isAside = false,
): Promise<void> {
  const { captures: before } = state();
  act({ do: 'giveAgain', captures, message: 'Comparing\u2026' });
  try {
    const [comparison, report] = await Promise.all([
      world.compare(before, captures),
      world.diagnose(captures, null),
    ]);
    if (state().second?.captures !== captures) return;
    act({ do: 'compared', captures, comparison, report, message: saying(report), isAside });
  } catch (error) {
    act({ do: 'say', message: `Not compared, a bug in vio-doctor: ${(error as Error).message}` });
  }
}
