/** Presses, releases and the wheel (1000), told in a form without limits (1006): xterm's ctlseqs, "Mouse Tracking". */
const ON = '\x1b[?1000h\x1b[?1006h';
const OFF = '\x1b[?1006l\x1b[?1000l';

let isOn = false;

/** Asks the terminal to tell of its mouse, or no longer. However the program ends, it does not leave a terminal that does. */
export function askForMouse(wanted: boolean): void {
  if (wanted === isOn) return;
  isOn = wanted;
  process.stdout.write(wanted ? ON : OFF);
  if (wanted) process.once('exit', stopAsking);
  else process.off('exit', stopAsking);
}

function stopAsking(): void {
  if (isOn) process.stdout.write(OFF);
}
