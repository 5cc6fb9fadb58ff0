import fc from 'fast-check';
import { expect, test } from 'vitest';
import { networkOf } from '../../src/case/pf/address.ts';
import type { Packet, Rule } from '../../src/case/pf/packet.ts';
import { rulesByPlace } from '../../src/case/pf/rules-by-place.ts';
import { matchRule } from '../../src/case/pf/verdict.ts';
import type { Case } from '../../src/model/case.ts';
import { type Known, known } from '../../src/model/known.ts';
import type { Lines } from '../../src/model/line.ts';

// Looking at fewer rules changes no answer: what is left out does not match.
const at: Lines = [{ sample: 'pf.conf', number: 1, text: '' }];
const kase: Case = {
  things: new Map(),
  counters: new Map(),
  nics: [],
  complaint: { state: 'unknown' },
  drivers: [],
  problems: [],
};
const maybe = <T>(value: T | undefined): { value?: Known<T> } =>
  value === undefined ? {} : { value: known(value, at) };

const words = (...some: string[]) =>
  fc.option(fc.array(fc.constantFrom(...some), { maxLength: 3 }), { nil: undefined });
const rule = fc
  .record({
    on: words('tap0', 'tap1', 'em0', 'tap', 'egress', '!tap0', 'any', 'rdomain 1'),
    from: words(
      'any',
      '10.0.0.0/8',
      '10/8',
      '10.0.1.0/24',
      '10.0.1.7',
      '10.0.1.6/31',
      '!10.0.2.0/24',
      '(em0)',
      '2001:db8::/32',
      '<vms>',
    ),
  })
  .map(({ on, from }): Rule => {
    const says = { on: maybe(on).value, from: maybe(from).value };
    return { is: 'pfRule', id: '', side: 'host', at, says: JSON.parse(JSON.stringify(says)) };
  });
const packet = fc
  .record({
    name: fc.constantFrom('tap0', 'tap1', 'em0', undefined),
    groups: fc.constantFrom(['tap'], ['em', 'egress'], []),
    from: fc.constantFrom(
      '10.0.1.7',
      '10.0.1.6/31',
      '10.0.1.0/24',
      '10.0.0.0/8',
      '192.0.2.1',
      '0.0.0.0',
      undefined,
    ),
  })
  .map(({ name, groups, from }): Packet => {
    const network = networkOf(from);
    return {
      direction: 'in',
      on: { ...(name && { name }), groups, hasAllGroups: false },
      proto: 'udp',
      from: network ? { network } : {},
      to: {},
    };
  });

test('only rules that do not match are left out', () => {
  fc.assert(
    fc.property(fc.array(rule, { maxLength: 12 }), packet, (rules, one) => {
      const matching = (some: readonly Rule[]) => some.filter((each) => matchRule(each, one, kase) !== 'no');
      expect(matching(rulesByPlace(rules)(one))).toEqual(matching(rules));
    }),
  );
});
