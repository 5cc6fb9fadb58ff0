import type { RecentBundle } from '../model/bundle.ts';
import type { Capture } from '../model/capture.ts';
import type { CollectionOf, CollectionTold, OpenCollection } from '../model/collection.ts';
import type { Comparison } from '../model/comparison.ts';
import type { Report } from '../model/report.ts';
import type { KeptSession, ReadSession, Session } from '../model/session.ts';
import type { Complaint } from '../model/sighting.ts';

/** Who stops a collection, and who is told of each command. */
export type CollectionWatch = { readonly stop: AbortSignal; readonly tell: CollectionTold };

/** Everything the app may do to the world; handed in, so that tests hand in another. */
export type World = {
  /** Does not hold up the screen, however much it is. */
  diagnose(captures: readonly Capture[], complaint: Complaint | null): Promise<Report>;
  /** Looks at this machine, or reaches others over ssh and looks at them; rejects with one clear sentence. */
  openCollection(of: CollectionOf, watch: CollectionWatch): Promise<OpenCollection>;
  /** Bundles collected before, the newest first. */
  recentBundles(): Promise<readonly RecentBundle[]>;
  /** Keeps what was given, so that a crash loses nothing; rejects with one clear sentence. */
  /** null: nothing is worth it any more. */
  keep(session: Session | null): Promise<void>;
  /** What was kept stays behind as a session that was left; another one begins. */
  leaveSession(): Promise<void>;
  /** Other sessions, the newest first; some may be held by another process. */
  keptSessions(): Promise<readonly KeptSession[]>;
  /** Goes on with one of them; rejects with one clear sentence, and has put aside what cannot be read. */
  resume(id: string): Promise<ReadSession>;
  /** Rejects with an Error whose message is one clear sentence. */
  open(path: string): Promise<readonly Capture[]>;
  demo(): readonly Capture[];
  readonly formats: readonly { name: string; title: string; describes: string; fileName: string }[];
  render(report: Report, format: string, options: { redact: boolean }): string;
  /** Returns the path written. */
  save(path: string, text: string): Promise<string>;
  /** Asks the terminal to put a text on its clipboard; no terminal confirms it. */
  copy(text: string): void;
  /** Asks the terminal to tell of its mouse, or no longer; it never does so after the program has ended. */
  mouse(isOn: boolean): void;
  /** The terminal shows more than ASCII. */
  readonly unicode: boolean;
  /** Did the fix take? */
  compare(before: readonly Capture[], after: readonly Capture[]): Promise<Comparison>;
  /** Shows a text in the person's pager, from a row on. The terminal must be free for it. */
  page(text: string, name: string, row: number): Promise<void>;
  /** What the person's editor makes of a text. The same holds. */
  edit(text: string, name: string): Promise<string>;
};
