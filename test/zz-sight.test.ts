import { readFileSync } from 'node:fs';
import { readCapture } from '/work/main/src/parse/read-capture.ts';
import { test } from 'vitest';
test('x', () => { for (const f of process.env.F!.split(' ')) { const r = readCapture({name:f,side:'unknown',origin:'file',text:readFileSync(f,'utf8')}); for (const s of r.samples) { console.log(s.kind, s.side, s.why); for (const x of s.sightings) console.log('  ', x.is, x.id, JSON.stringify(x.says), x.at.map(l=>l.number).join()); console.log('  NU', s.notUnderstood.map(x=>x.text)); } console.log('loose', r.loose.map(x=>x.text)); } });
