import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { blankNames, fillBlank } from '../../src/diagnose/blanks.ts';
import { fillCommand, quoteForShell } from '../../src/diagnose/command.ts';
import type { Nic, Thing } from '../../src/model/case.ts';
import { known } from '../../src/model/known.ts';

const at = [{ sample: 'a.txt', number: 1, text: 'x' }] as const;
const nicWith = (options: string, mac: string, bridge: string, vm: string): Nic => ({
  name: 'vio1',
  joined: [],
  guest: {
    is: 'interface',
    id: 'vio1',
    side: 'guest',
    at,
    says: { mac: known(mac, at) },
  } as Thing<'interface'>,
  host: {
    vm,
    index: 1,
    tapName: `tap${vm}i1`,
    vmNic: {
      is: 'vmNic',
      id: '',
      side: 'host',
      at,
      says: { options: known(options, at), bridge: known(bridge, at) },
    } as Thing<'vmNic'>,
  },
});

describe('blanks', () => {
  test('the e1000 string keeps every other key of netN', () => {
    const nic = nicWith(
      'virtio=C2:8A:93:59:9A:0A,bridge=vmbr1,firewall=1,queues=4,tag=40',
      'c2:8a:93:59:9a:0a',
      'vmbr1',
      '107',
    );
    expect(fillBlank('vm.net-as-e1000', nic)).toBe('e1000=C2:8A:93:59:9A:0A,bridge=vmbr1,firewall=1,tag=40');
    expect(fillBlank('vm.id', nic)).toBe('107');
  });

  test('link_down=1 is taken out, whatever stands around it', () => {
    const nic = nicWith(
      'virtio=C2:8A:93:59:9A:0A,bridge=vmbr1,link_down=1,tag=40',
      'c2:8a:93:59:9a:0a',
      'vmbr1',
      '107',
    );
    expect(fillBlank('vm.net-link-up', nic)).toBe('virtio=C2:8A:93:59:9A:0A,bridge=vmbr1,tag=40');
  });

  test('a value of another shape is never filled in', () => {
    const nic = nicWith('virtio=$(reboot),bridge=`x`', '$(reboot)', 'vmbr1;reboot', '107;reboot');
    for (const blank of blankNames) {
      expect(fillBlank(blank, nic) ?? '').not.toMatch(/[$`;()]/);
    }
    expect(fillCommand(['qm', 'set', '{vm.id}', '{vm.net-as-given}'], nic)).toEqual({
      words: ['qm', 'set', '{vm.id}', '{vm.net-as-given}'],
      missing: ['vm.id', 'vm.net-as-given'],
    });
  });

  test('whatever is captured, nothing that a shell would act on gets through', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), fc.string(), fc.string(), (options, mac, bridge, vm) => {
        for (const blank of blankNames) {
          expect(fillBlank(blank, nicWith(options, mac, bridge, vm)) ?? '').not.toMatch(
            /[\s$`|&<>()'"\\!*?~#]/,
          );
        }
      }),
    );
  });
});

test('quoteForShell quotes what needs it', () => {
  expect(quoteForShell(['qm', 'set', '107', '--args', '-set device.net1.vectors=0'])).toBe(
    "qm set 107 --args '-set device.net1.vectors=0'",
  );
  expect(quoteForShell(["it's", 'a;b'])).toBe("'it'\\''s' 'a;b'");
});
