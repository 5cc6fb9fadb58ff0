import type { Row } from '../../model/line.ts';
import type { Parser, Reading } from '../../model/sample.ts';
import { takeNotes } from '../reading.ts';
const BOOT=/^OpenBSD (\d+\.\d+)(-current|-beta|-stable)? \(([^)]+)\) #(\d+): (.+)$/;
const VIO=/^(vio\d+) at (virtio\d+)((?::? ?Ring\w+ disabled by UKC)*): (?:(\d+) queues?, )?address ([0-9a-f:]{17})/;
const INTR=/^(virtio\d+): (msix(?: shared| per-VQ)?|msi|apic \d+ int \d+|irq \d+)$/;
const VIRTIO=/^(virtio\d+) at (pci\d+) dev (\d+) function (\d+) (?:"([^"]+)"|vendor "([^"]+)", unknown product (0x[0-9a-f]{4})) rev/;
const EM=/^(em\d+) at (pci\d+) dev (\d+) function (\d+) "(Intel [^"]+)" rev (0x[0-9a-f]{2}): (.*?), address ([0-9a-f:]{17})/;
export const dmesg: Parser={kind:'openbsd/dmesg',title:'OpenBSD dmesg',commands:/^dmesg/,begins:/^(?:OpenBSD \d+\.\d+\S* \(|vio\d+ at virtio|virtio\d+ at |virtio\d+: (?:msi|apic|irq|virtio)|vio\d+: (?:ctrl|device|offload)|em\d+ at pci|root on )/,continues:/^(?:[a-z]+\d+ at |[a-z]+\d+: (?!flags=)|real mem|avail mem|mainbus| {4}\S+@)/,seam:/(?=vio\d+ at virtio\d+)/g,read};
function read(rows: readonly Row[]): Reading { const n=takeNotes(); let last=rows; let i=rows.map(r=>BOOT.test(r.text)).lastIndexOf(true); const seen=new Map<string,number>(); rows.forEach((r,k)=>{const v=VIO.exec(r.text); if(v)seen.set(v[1]!,k);}); void last;
 const child=new Map<string,string>(); rows.forEach((row,k)=>{ if(k<i)return; const t=row.text;let m;
  if((m=BOOT.exec(t)))n.say('system','',{os:'openbsd',release:m[1]!,kernel:m[3]!},row);
  else if((m=VIO.exec(t))){ if(seen.get(m[1]!)!==k)return; child.set(m[2]!,m[1]!); n.say('interface',m[1]!,{attached:true,driver:'vio',device:m[2]!,mac:m[5]!,queues:m[4]?Number(m[4]):undefined},row); n.say('virtio',m[2]!,{child:m[1]!,eventIdxOff:/RingEventIdx/.test(m[3]??'')},row); if(m[4]) n.say('system','',{releaseAtLeast:'7.7'},row); }
  else if((m=INTR.exec(t))){ const w=m[2]!; const mode=w==='msix per-VQ'?'msix-per-vq':w==='msix shared'?'msix-shared':w==='msix'?'msix':w==='msi'?'msi':'intx'; n.say('virtio',m[1]!,{interrupt:mode},row);}
  else if((m=VIRTIO.exec(t))){ n.say('virtio',m[1]!,{type:m[5]??m[7]!,pci:`00:${Number(m[3]).toString(16).padStart(2,'0')}.${m[4]}`},row); }
  else if((m=EM.exec(t)))n.say('interface',m[1]!,{attached:true,driver:'em',mac:m[8]!,model:m[5]!,interrupt:m[7]!.startsWith('apic')?'intx':'msi'},row);
  else if((m=/^(vio\d+): ctrl queue timeout/.exec(t)))n.say('message',`ctrl-queue-timeout ${m[1]}`,{code:'ctrl-queue-timeout',device:m[1]!,text:t},row);
  else if((m=/^(vio\d+): device needs reset/.exec(t)))n.say('message',`device-needs-reset ${m[1]}`,{code:'device-needs-reset',device:m[1]!,text:t},row);
  else if((m=/^(vio\d+) at (virtio\d+).*Feature negotiation failed/.exec(t))){n.say('interface',m[1]!,{attached:false,driver:'vio',device:m[2]!},row);n.say('message',`feature-negotiation-failed ${m[1]}`,{code:'feature-negotiation-failed',device:m[1]!,text:t},row);}
  else if(/^pvbus0.*KVM/.test(t))n.say('system','',{hypervisor:'kvm'},row);
  else if(/^bios0: QEMU/.test(t))n.say('system','',{hypervisor:'qemu'},row);
 }); return n.done(); }
