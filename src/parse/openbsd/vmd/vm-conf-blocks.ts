import type { Row } from '../../../model/line.ts';
import type { Things } from '../../../model/sighting.ts';
import type { Statement } from './vm-conf-statements.ts';

type Told<K extends 'vmNic' | 'vmSwitch'> = { readonly says: Partial<Things[K]>; readonly row: Row };
/** What each row of a block says, the later one outranking the earlier. */
export type Block<K extends 'vmNic' | 'vmSwitch'> = Told<K>[];
export type Vm = {
  readonly name: string;
  /** Of an instance: the machine whose settings it inherits. */
  readonly parent?: string;
  readonly row: Row;
  /** The `disable` row, where there is one. */
  disabled?: Row | undefined;
  /** `interfaces N`: at least so many. */
  least: number;
  readonly nics: Block<'vmNic'>[];
};

/** What was read so far. Switches may stand below the machines that use them. */
export type VmConf = {
  readonly switches: Map<string, Block<'vmSwitch'>>;
  readonly vms: Vm[];
  /** The blocks that are open, outermost first. */
  readonly open: ('switch' | 'vm' | 'interface' | 'other')[];
  current: string;
  includes: boolean;
};

export function openVmConf(): VmConf {
  return { switches: new Map(), vms: [], open: [], current: '', includes: false };
}

/** False where the words are none of the grammar's. */
export function readStatement(statement: Statement, file: VmConf): boolean {
  const { words, ends, row } = statement;
  const block = file.open.at(-1);
  let isRead = true;
  if (block === undefined) isRead = readTop(statement, file);
  else if (block === 'switch') readSwitch(statement, file);
  else if (block === 'vm') isRead = readVm(statement, file);
  else if (block === 'interface') readInterface(words, file.vms.at(-1)?.nics.at(-1), row);
  else if (ends === 'open') file.open.push('other');
  if (ends === 'close') file.open.pop();
  return isRead;
}

const OTHER_TOP = new Set(['local', 'socket', 'staggered', 'agentx']);

function readTop({ words, ends, row }: Statement, file: VmConf): boolean {
  const [word = '', name = '', instance, own = ''] = words;
  if (word === 'include') file.includes = true;
  if (ends !== 'open') return word === 'include' || words.length === 0 || OTHER_TOP.has(word);
  if (word === 'switch') {
    file.current = name;
    file.switches.set(name, [{ says: { up: true, macGuard: false, enabled: true }, row }]);
  } else if (word === 'vm') {
    const isInstance = instance === 'instance' && own !== '';
    const vm: Vm = { name: isInstance ? own : name, row, least: 0, nics: [] };
    file.vms.push(isInstance ? { ...vm, parent: name } : vm);
  }
  file.open.push(word === 'switch' || word === 'vm' ? word : 'other');
  return word === 'switch' || word === 'vm';
}

function readSwitch({ words, ends, row }: Statement, file: VmConf): void {
  if (ends === 'open') file.open.push('other');
  const block = file.switches.get(file.current);
  for (const [index, word] of words.entries()) {
    const value = words[index + 1] ?? '';
    const say = (says: Partial<Things['vmSwitch']>) => block?.push({ says, row });
    if (word === 'interface' && /^[a-z]{2,14}\d{1,6}$/.test(value)) say({ bridge: value });
    if (word === 'up' || word === 'down') say({ up: word === 'up' });
    if (word === 'enable' || word === 'disable') say({ enabled: word === 'enable' });
    if (word === 'locked') say({ macGuard: true });
    if (word === 'group') say({ group: value });
    if (word === 'rdomain' && /^\d{1,5}$/.test(value)) say({ rdomain: Number(value) });
  }
}

const OTHER_VM = new Set(['disk', 'memory', 'boot', 'cdrom', 'owner', 'allow', 'format', 'sev', 'sev-es']);

function readVm({ words, ends, row }: Statement, file: VmConf): boolean {
  const vm = file.vms.at(-1);
  const [first = '', second] = words;
  const isNic = first === 'interface' || (first === 'local' && second === 'interface');
  if (ends === 'open') file.open.push(isNic ? 'interface' : 'other');
  if (!vm) return false;
  if (isNic) {
    const nic: Block<'vmNic'> = [{ says: { ...plainNic, local: first === 'local' }, row }];
    vm.nics.push(nic);
    readInterface(words.slice(first === 'local' ? 2 : 1), nic, row);
  } else if (first === 'enable' || first === 'disable') vm.disabled = first === 'disable' ? row : undefined;
  else if (first === 'interfaces' && /^\d$/.test(second ?? '')) vm.least = Number(second);
  else return words.length === 0 || OTHER_VM.has(first);
  return true;
}

/** What an interface is unless its block says otherwise (vm.conf(5)). */
export const plainNic = { manager: 'vmd', local: false, macGuard: false, up: true } as const;

function readInterface(words: readonly string[], nic: Block<'vmNic'> | undefined, row: Row): void {
  for (const [index, word] of words.entries()) {
    const value = words[index + 1] ?? '';
    const say = (says: Partial<Things['vmNic']>) => nic?.push({ says, row });
    if (index === 0 && /^tap\d{1,6}$/.test(word)) say({ tap: word });
    if (word === 'switch' && value !== '') say({ switch: value });
    if (word === 'group') say({ group: value });
    if (word === 'locked') say({ macGuard: true });
    if (word === 'up' || word === 'down') say({ up: word === 'up' });
    if (word === 'rdomain' && /^\d{1,5}$/.test(value)) say({ rdomain: Number(value) });
    if (word === 'lladdr' && /^(?:[\da-f]{2}:){5}[\da-f]{2}$/i.test(value)) say({ mac: value.toLowerCase() });
  }
}
