// Reads: a frame of gdb's `bt` and of systemd-coredump's stack traces, and whose code it is.
// Printed by: gdb stack.c print_frame(); systemd src/shared/elf-util.c. QEMU's files: hw/, accel/, system/ (softmmu/ in 5.2 to 8), net/, util/.
// Fixtures: fixtures/outputs/qemu-{8.2,9.0}/crash*.txt.

/** A file of QEMU or libslirp: `../hw/virtio/virtio-pci.c:834`, `/build/qemu/net/tap.c:12`; not FreeBSD's sys/net/if.c. */
const FILE =
  '(?:\\S{0,160}/)?(?:hw/(?:virtio|net|core|pci|i386|arm|intc|vfio|block|scsi)|accel/(?:kvm|tcg|hvf)|softmmu|system|net/(?:net|tap\\w{0,12}|queue|slirp|vhost\\w{0,8}|hub|filter\\w{0,12}|stream|socket)|util/(?:main-loop|async|aio-\\w{1,12}|qemu-thread-\\w{1,12}|iov)|slirp/src|qom|monitor|migration|block|chardev)(?:/[\\w.-]{1,40}){0,2}\\.[ch]:\\d{1,6}';
const OWN_NAME =
  '(?:kvm_cpu_exec|kvm_vcpu_thread_fn|virtio_pci_\\w{1,40}|virtio_net_\\w{1,40}|kvm_virtio_pci_\\w{1,40}|virtio_address_space_\\w{1,30}|memory_region_dispatch_\\w{1,10}|memory_region_(?:read|write)_accessor|flatview_\\w{1,30}|address_space_(?:rw|write|read_full)|qemu_\\w{1,50}|virtqueue_\\w{1,30}|vhost_\\w{1,40})';

export const FRAME = new RegExp(
  `^#\\d{1,4} {1,3}(?:0x[\\da-f]{4,16} in )?(?:${OWN_NAME} \\(|[\\w:~<>.@]{1,100} \\(.{0,1500}\\) at ${FILE}$)`,
);
export const STACK_FRAME =
  /^\s{0,80}#\d{1,4} {1,3}0x[\da-f]{8,16} (?:\w{1,80}|n\/a) \(qemu-[\w.-]{1,30} \+ 0x[\da-f]{1,12}\)$/;
export const THREAD = /^\s{0,80}(?:Thread \d{1,5} \(Thread 0x|Stack trace of thread \d{1,10}:$)/;

const ANY_FRAME = /^\s{0,80}#(\d{1,4}) {1,3}(?:0x[\da-f]{4,16} (?:in )?)?([\w:~<>.@/]{1,100})(?: \(|$)/;
const OF_QEMU = new RegExp(`${FILE}|\\b${OWN_NAME} \\(|\\(qemu-[\\w.-]{1,30} \\+ 0x`);

export function frameOf(text: string): { level: number; name: string } | undefined {
  const [, level, name] = ANY_FRAME.exec(text) ?? [];
  return level === undefined || name === undefined ? undefined : { level: Number(level), name };
}

export function isOfQemu(text: string): boolean {
  return text.length < 4000 && OF_QEMU.test(text);
}

/** Where a thread sleeps: a backtrace that ends here was taken of a program that lives. */
export function isWaiting(name: string): boolean {
  return /^(?:__)?(?:GI_)?(?:_{0,3}(?:ppoll|poll|epoll_wait|select|pselect|futex\w{0,40}|lll_lock_wait|pthread_cond_\w{0,20}|ioctl|sem_\w{0,20}|sigwait\w{0,8}|sigtimedwait|clock_nanosleep|nanosleep|read|recvmsg|syscall|accept4?|wait4)|n\/a)$/.test(
    name,
  );
}
