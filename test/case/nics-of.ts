import { doctor } from '../../src/doctor.ts';
import type { Capture } from '../../src/model/capture.ts';
import type { NicSummary, Report } from '../../src/model/report.ts';
import { knowledge } from '../cases.ts';

/** What the report says of the NICs in these files: `guest/a.txt`, `host/b.txt`. */
export function nicsOf(files: Readonly<Record<string, string>>): readonly NicSummary[] {
  return reportOn(files).nics;
}

export function reportOn(files: Readonly<Record<string, string>>): Report {
  const captures = Object.entries(files).map(
    ([name, text]): Capture => ({
      name,
      side: name.startsWith('guest/') ? 'guest' : 'host',
      origin: 'file',
      text,
    }),
  );
  return doctor(captures, null, knowledge);
}
