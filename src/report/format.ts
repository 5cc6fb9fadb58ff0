import type { Report } from '../model/report.ts';

export type Looks = {
  /** Lines of pictures may be drawn with characters beyond ASCII: the terminal shows them. */
  readonly unicode?: boolean;
};

/** One way to write a report down. */
export type Format = {
  readonly name: string;
  readonly title: string;
  readonly describes: string;
  /** What a file of it is called by default. */
  readonly fileName: string;
  readonly render: (report: Report, how?: Looks) => string;
};
