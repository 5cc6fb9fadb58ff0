import type { Finding, Plan, Step } from '../model/report.ts';
import { quoteForShell } from './command.ts';

/** Each plan's check ends with a second collection and the comparison. `inputs`: the paths that were given, if any. */
export function withCompareStep(findings: readonly Finding[], inputs: readonly string[]): Finding[] {
  const step = compareStep(inputs);
  const withStep = ({ steps, ...plan }: Plan): Plan => {
    const isBack = steps.findIndex(({ purpose }) => purpose === 'undo');
    const at = isBack < 0 ? steps.length : isBack;
    return { ...plan, steps: [...steps.slice(0, at), step, ...steps.slice(at)] };
  };
  return findings.map((finding) => ({ ...finding, plans: finding.plans.map(withStep) }));
}

const AGAIN = 'Once the fix is in, collect the same again';

function compareStep(inputs: readonly string[]): Step {
  const { before, after, note } = filesOf(inputs);
  const argv = ['vio-doctor', 'compare', before, after];
  return {
    purpose: 'verify',
    on: 'here',
    argv,
    shown: quoteForShell(argv),
    expect: 'Fixed (exit code 0)',
    note,
  };
}

/** One file, archive or folder is compared with a new one beside it; anything else is first put into one file. */
function filesOf(inputs: readonly string[]): { before: string; after: string; note: string } {
  const [only = '', ...others] = inputs.filter((path) => !/^(?:-$|\/dev\/|\/proc\/)/.test(path));
  if (only === '' || others.length > 0 || inputs.length > 1) {
    const words = ['vio-doctor', 'diagnose', '--format', 'bundle', '-o', 'before.txt', ...inputs];
    const save = inputs.length > 1 ? quoteForShell(words) : 'export it as a bundle (--format bundle)';
    return {
      before: 'before.txt',
      after: 'after.txt',
      note: `before.txt is what you have now: ${save}. ${AGAIN} into after.txt, then run this.`,
    };
  }
  const before = only.replace(/(?<=.)\/+$/, '').replace(/^-/, './-');
  const after = besideOf(before);
  return { before, after, note: `${AGAIN} into ${after}, then run this.` };
}

/** `dir/fw.txt` and `dir/fw-after.txt`, `sos.tar.xz` and `sos-after.tar.xz`. */
function besideOf(path: string): string {
  if (/^(?:\.{1,2}|\/)$|\/\.{1,2}$/.test(path)) return 'after';
  const [, stem = path, ending = ''] = /^(.*[^/])((?:\.tar)?\.[a-z]\w{1,4})$/.exec(path) ?? [];
  return `${stem.replace(/\.tar$/, '')}-after${stem.endsWith('.tar') ? '.tar' : ''}${ending}`;
}
