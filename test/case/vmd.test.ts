import { expect, test } from 'vitest';
import { doctor } from '../../src/doctor.ts';
import type { Capture } from '../../src/model/capture.ts';
import type { Complaint } from '../../src/model/words.ts';
import { knowledge, readCase } from '../cases.ts';

// The troubleshooting list of a host that runs vmd(8), item by item, beyond what the cases of rules/ show.
type Change = readonly [file: string, from: string, to: string];

function changed(name: string, [file, from, to]: Change): Capture[] {
  return readCase(name).captures.map((capture) => {
    if (capture.name !== file) return capture;
    expect(capture.text).toContain(from);
    return { ...capture, text: capture.text.replace(from, to) };
  });
}

function sure(captures: readonly Capture[], complaint: Complaint): string[] {
  const { findings } = doctor(captures, complaint, knowledge);
  return findings.filter(({ standing }) => standing !== 'possible').map(({ fault }) => fault);
}

const without = (captures: readonly Capture[], ...names: string[]) =>
  captures.filter(({ name }) => !names.includes(name));

test('an anchor that is filled and never called', () => {
  const captures = changed('vmd-anchor-glob', [
    'host/pf.conf',
    'anchor "vm/*"\nload anchor "vm/*" from "/etc/pf.vm/*.conf"',
    'load anchor "vm/web01" from "/etc/pf.vm/web01.conf"',
  ]);
  expect(sure(without(captures, 'host/pfctl-f.txt'), 'some-traffic')).toContain(
    'packet-filter-blocks.anchors',
  );
});

test('a file that fails takes the whole load back', () => {
  const captures = changed('vmd-anchor-glob', [
    'host/pfctl-f.txt',
    'pfctl: pushfile: /etc/pf.vm/*.conf: No such file or directory\npfctl: cannot open the main config file!: No such file or directory\n',
    '/etc/pf.vm/web01.conf:3: syntax error\n',
  ]);
  const { findings } = doctor(captures, 'some-traffic', knowledge);
  expect(findings.find(({ fault }) => fault === 'packet-filter-blocks.anchors')?.standing).toBe('certain');
});

test('one file for each VM, each called: nothing to say', () => {
  const captures = changed('vmd-anchor-glob', [
    'host/pf.conf',
    'load anchor "vm/*" from "/etc/pf.vm/*.conf"',
    'load anchor "vm/web01" from "/etc/pf.vm/web01.conf"',
  ]);
  expect(sure(without(captures, 'host/pfctl-f.txt'), 'some-traffic')).toEqual([]);
});

test('a tap in another bridge than vm.conf says', () => {
  const captures = changed('vmd-bridged', ['host/vm.conf', 'bridge0', 'bridge1']);
  expect(sure(captures, 'no-traffic')).toContain('bridge-membership.switch');
});

test('a vlan(4) beside its parent in one bridge', () => {
  const captures = changed('vmd-vlan-child', [
    'host/hostname-files.txt',
    'add vlan10\n',
    'add vlan10\nadd em1\n',
  ]);
  expect(sure(captures, 'some-traffic')).toContain('vlan-tag-mismatch.host-bridge');
});

test('a VM that was started without any interface', () => {
  const vmctl: Capture = {
    name: 'host/vmctl.txt',
    side: 'host',
    origin: 'file',
    text: '# vmctl start -m 512M -b /bsd.rd vm0\nvmctl: starting without network interfaces\nvmctl: started vm 1 successfully, tty /dev/ttyp1\n',
  };
  expect(sure([vmctl], 'nic-missing')).toEqual(['nic-not-attached']);
});

test('no carrier of a guest of vmd is never the host: there is no way to unplug its cable', () => {
  const captures = changed('vmd-bridged', ['guest/ifconfig.txt', 'status: active', 'status: no carrier']);
  const { findings, ruledOut } = doctor(captures, 'no-link', knowledge);
  expect(findings.map(({ fault }) => fault)).not.toContain('link-down-by-host');
  expect(ruledOut.map(({ fault }) => fault)).toContain('link-down-by-host');
});
