import { doctor } from '/work/main/src/doctor.ts';
import { loadKnowledge } from '/work/main/src/commands/knowledge.ts';
import { readCaptures } from '/work/main/src/machine/files.ts';
import { test } from 'vitest';
test('x', async () => {
  const k = await loadKnowledge();
  const caps = await readCaptures([`/work/main/fixtures/cases/${process.env.C}`]);
  const r = doctor(caps, (process.env.K ?? null) as never, k);
  for (const s of r.samples) console.log(s.name, s.kind, s.machine, s.lines, s.notUnderstood, s.from, s.to, s.why);
  for (const f of [...r.findings, ...r.ruledOut]) { console.log('==', f.fault, f.standing, f.nic); for (const e of f.because) console.log('   ', e.line.sample+':'+e.line.number, e.fact, e.word, '|', e.line.text); console.log('    open', f.open.map(o=>o.fact).join(' '), '| ask', f.ask.map(a=>a.command).join(' ; ')); }
  for (const p of r.problems) console.log('!!', p.code, p.says);
  for (const n of r.nics) console.log('nic', n.name, n.mac, n.link, n.up, n.interrupts, n.tap, n.bridge, n.vlan, n.vm, n.joined.map(j=>j.by).join(), n.path.map(h=>`${h.name}(${h.state}: ${h.says})`).join(' - '));
  console.log('verdict', r.verdict, r.ask.map(a=>a.command).join(' ; '), 'loose', r.loose.length);
});
