import type { Probe } from '../model/rule.ts';
import { SH_FUNCTIONS } from './sh-functions.ts';

/** What a collector is written for: which probe files, and how its shell finds NICs and taps. */
export type ScriptFor = {
  /** `openbsd`, `proxmox`, as on the command line. */
  readonly system: string;
  readonly machine: 'guest' | 'host';
  readonly probes: readonly Probe[];
  readonly version: string;
};

/** Longest line: it may be typed or sent through a serial console of 80 columns. */
const WIDEST = 78;

/**
 * A collector in POSIX sh for a machine without Node: dash, busybox ash, bash, mksh, ksh93, the shells of the BSDs.
 * It only reads, and writes one bundle; it says so when it was copied incompletely, and runs nothing then.
 */
export function shScript({ system, machine, probes, version }: ScriptFor): string {
  const once = probes.filter(({ listens, disturbs }) => !listens && disturbs === undefined);
  const body = [
    '#!/bin/sh',
    `# vio-doctor ${version}: collector for ${system} (${machine}).`,
    '# It only reads, and writes one text file for `vio-doctor diagnose`.',
    `# Usage: sh THIS [-o FILE] [-i SECONDS]${machine === 'host' ? ' [--vm ID]' : ''}   (-o - : console)`,
    ...SH_FUNCTIONS.replaceAll('@MACHINE@', machine)
      .replaceAll('@SYSTEM@', system)
      .replaceAll('@VERSION@', version)
      .split('\n'),
    'first() {',
    ...callsOf(once),
    'return 0',
    '}',
    'second() {',
    ...callsOf(once.filter(({ twice }) => twice)),
    'return 0',
    '}',
  ];
  const lines = [...body, 'lines=@LINES@', 'main "$@"; exit # the last line of this collector'];
  return `${lines.join('\n').replace('@LINES@', String(lines.length))}\n`;
}

const BAR1 = 'bars; for bar in $bars1';
const BAR4 = 'bars; for bar in $bars4';

/** Each blank that a script can fill by itself: the loop around the command, and the word in it. */
const BLANKS: Readonly<Record<string, { readonly loop?: string; readonly word: string }>> = {
  'nic.name': { loop: 'for nic in $nics', word: '"$nic"' },
  'vm.tap': { loop: 'for tap in $taps', word: '"$tap"' },
  'vm.id': { loop: 'for vm in $vms', word: '"$vm"' },
  // QEMU's monitor adds up (docs/system/monitor); the offsets are those of hw/virtio/virtio-pci.c.
  'pci.config-vector': { loop: BAR4, word: '"$bar"+0x10' },
  'pci.link-status': { loop: BAR4, word: '"$bar"+0x2006' },
  'pci.config-generation': { loop: BAR4, word: '"$bar"+0x15' },
  'pci.msix-table': { loop: BAR1, word: '"$bar"' },
  'pci.pending-bits': { loop: BAR1, word: '"$bar"+0x800' },
};

/** A command that several probes fall back to is run once. */
function callsOf(probes: readonly Probe[]): string[] {
  const calls = new Map<string, string[]>();
  for (const probe of probes) {
    const call = callOf(probe);
    const key = call.join('\n').replace(/^([pq]) \S+ \d+/m, '$1');
    if (!calls.has(key)) calls.set(key, call);
  }
  return [...calls.values()].flat();
}

function callOf(probe: Probe): string[] {
  const choice = [probe.argv, probe.otherwise].find((argv) => argv && canFill(argv));
  if (!choice) return [];
  const isTyped = probe.system === 'qemu';
  const loops = loopsOf(choice, isTyped);
  const words = choice.map((word) => shellWord(word));
  const command = isTyped
    ? ['q', probe.id, String(probe.seconds), ...words]
    : ['p', probe.id, String(probe.seconds), ...words];
  const call = [...loops.map((loop) => `${loop}; do`), ...wrapped(command), ...loops.map(() => 'done')];
  const must = conditionOf(probe);
  return must === undefined ? call : [`if ${must}; then`, ...call, 'fi'];
}

/** What would load a module is only run where that is there; Open vSwitch is asked where it is installed. */
function conditionOf({ system, argv, loads }: Probe): string | undefined {
  if (loads) return `loaded ${loads.join(' ')}`;
  return system === 'openvswitch' ? `command -v ${argv[0]} >/dev/null 2>&1` : undefined;
}

function canFill(argv: readonly string[]): boolean {
  return argv.every(
    (word) =>
      !/^(?:[A-Z]{2,}|192\.0\.2\.\d{1,3})$/.test(word) &&
      [...word.matchAll(/\{([^}]*)\}/g)].every(([, name = '']) => name in BLANKS),
  );
}

function loopsOf(argv: readonly string[], isTyped: boolean): string[] {
  const names = argv.flatMap((word) => [...word.matchAll(/\{([^}]*)\}/g)].map(([, name = '']) => name));
  const loops = [...(isTyped ? ['vm.id'] : []), ...names].flatMap((name) => BLANKS[name]?.loop ?? []);
  return [...new Set(loops)];
}

/** A word of argv, quoted; its blanks are variables whose values were checked. */
function shellWord(word: string): string {
  const pieces = word.split(/(\{[^}]*\})/).filter((piece) => piece !== '');
  return pieces
    .map((piece) => {
      const blank = BLANKS[piece.slice(1, -1)];
      if (blank && piece.startsWith('{')) return blank.word;
      return /^[\w@%+=:,./-]+$/.test(piece) ? piece : `'${piece.replaceAll("'", `'\\''`)}'`;
    })
    .join('');
}

function wrapped(words: readonly string[]): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of words) {
    if (line !== '' && line.length + word.length + 3 > WIDEST) {
      lines.push(`${line} \\`);
      line = ` ${word}`;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line];
}
