import type { RunAnalysis } from '../../../model/run-analysis.js';
import { say } from '../../../words/ids.js';
import type { Speak } from '../../../words/words.js';
import { countTip, highest, originOf, pointRows, seriesOf, spanOf } from '../data.js';
import { dots, thin } from '../dots.js';
import { polyline } from '../marks.js';
import type { Panel } from '../panels.js';
import { DIAMOND, RING } from '../shapes.js';
import { PANEL_PX } from '../stack.js';
import { countScale } from '../ticks.js';
import { withTip } from '../tips.js';

const ESTABLISHED = { ...RING, role: 'established' } as const;
const NOT_CONNECTED = { ...DIAMOND, role: 'not-connected' } as const;
const BETWEEN = { role: 'not-connected', width: 1, dash: [3, 3] } as const;

/** Points closer than this could not be told apart, px. */
const DOT_ROOM = 5;

/** Connections on the server's port as the snapshots saw them. */
export function connectionsPanel(run: RunAnalysis, speak: Speak): Panel | undefined {
  const established = seriesOf(run, 'established');
  const notConnected = seriesOf(run, 'not-connected');
  if (!established && !notConnected) return undefined;
  const rows = (series: typeof established) => (series ? pointRows(series, originOf(run), spanOf(run)) : []);
  const max = (series: typeof established) => (series ? highest(series.v) : 0);
  return {
    height: PANEL_PX,
    y: countScale(Math.max(max(established), max(notConnected)), { tight: true }),
    keys: [
      { text: speak(say('chart.key.connections', {})), bold: true },
      ...(established
        ? [{ text: speak(say('chart.key.established', { max: max(established) })), sample: { dots: ESTABLISHED } }]
        : []),
      ...(notConnected
        ? [{ text: speak(say('chart.key.notConnected', { max: max(notConnected) })), sample: { dots: NOT_CONNECTED } }]
        : []),
    ],
    layers: (axes) => {
      const seen = (series: typeof established) => (axes.clip ? rows(series) : thin(axes, rows(series), DOT_ROOM));
      const trying = seen(notConnected).some(({ v }) => Number(v) > 0) ? seen(notConnected) : [];
      return [
        ...(trying.length > 0
          ? [
              polyline(axes, trying, BETWEEN),
              withTip(axes, dots(axes, trying, NOT_CONNECTED), countTip(speak, 'not-connected')),
            ]
          : []),
        ...(established
          ? [withTip(axes, dots(axes, seen(established), ESTABLISHED), countTip(speak, 'established'))]
          : []),
      ];
    },
  };
}
