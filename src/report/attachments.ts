import type { Report } from '../model/report.ts';
import { machineOf } from './words.ts';

export type Attachment = {
  readonly name: string;
  /** `guest/dmesg.txt (guest): OpenBSD dmesg` */
  readonly title: string;
  readonly lines: readonly string[];
  /** A dmesg of the guest, which OpenBSD's form has first. */
  readonly isDmesg: boolean;
};

/** The captures themselves, whole and unwrapped: the guest's dmesg first. */
export function attachments(report: Report): Attachment[] {
  const all = report.captures.map(({ name, side, text, failure }): Attachment => {
    const samples = report.samples.filter((sample) => sample.name === name);
    const holds = [...new Set(samples.map(({ title }) => title))].join(', ');
    const body = text === '' ? [] : text.replace(/\n$/, '').split('\n');
    return {
      name,
      title: `${name} (${machineOf(side)})${holds && `: ${holds}`}`,
      lines: failure ? [`(failed: ${failure})`, ...body] : body.length > 0 ? body : ['(empty)'],
      isDmesg: side !== 'host' && samples.some(({ kind }) => kind.endsWith('/dmesg')),
    };
  });
  return all.sort((a, b) => Number(b.isDmesg) - Number(a.isDmesg));
}
