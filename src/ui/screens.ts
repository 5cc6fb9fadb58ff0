import type { ScreenName } from './keys.ts';
import { askScreen } from './screens/ask.ts';
import { collectScreen } from './screens/collect.ts';
import { compareScreen } from './screens/compare.ts';
import { evidenceScreen } from './screens/evidence.ts';
import { exportScreen } from './screens/export.ts';
import { findingsScreen } from './screens/findings.ts';
import { helpScreen } from './screens/help.ts';
import { logScreen } from './screens/log.ts';
import { planScreen } from './screens/plan.ts';
import type { Screen, View } from './screens/screen.ts';
import { sideScreen } from './screens/side.ts';
import { complaintScreen, startScreen } from './screens/start.ts';

const SCREENS: Record<ScreenName, (view: View) => Screen> = {
  start: startScreen,
  complaint: complaintScreen,
  side: sideScreen,
  collect: collectScreen,
  log: logScreen,
  findings: findingsScreen,
  ask: askScreen,
  evidence: evidenceScreen,
  plan: planScreen,
  compare: compareScreen,
  export: exportScreen,
  help: helpScreen,
};

export function screenOf(view: View): Screen {
  return SCREENS[view.state.screen](view);
}
