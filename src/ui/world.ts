import type { Capture } from '../model/capture.ts';
import type { Report } from '../model/report.ts';
import type { Complaint } from '../model/sighting.ts';

/** Everything the app may do to the world; handed in, so that tests hand in another. */
export type World = {
  /** Does not hold up the screen, however much it is. */
  diagnose(captures: readonly Capture[], complaint: Complaint | null): Promise<Report>;
  /** Rejects with an Error whose message is one clear sentence. */
  open(path: string): Promise<readonly Capture[]>;
  demo(): readonly Capture[];
  readonly formats: readonly { name: string; title: string; describes: string; fileName: string }[];
  render(report: Report, format: string, options: { redact: boolean }): string;
  /** Returns the path written. */
  save(path: string, text: string): Promise<string>;
  /** Asks the terminal to put a text on its clipboard; no terminal confirms it. */
  copy(text: string): void;
  /** The terminal shows more than ASCII. */
  readonly unicode: boolean;
};
