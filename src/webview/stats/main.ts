import '../words';
import '@vscode/codicons/dist/codicon.css';
import 'uplot/dist/uPlot.min.css';
import '../page.css';
import './stats.css';
import { rootElement } from '../dom';
import { connect } from '../host';
import type { FromStats, ToStats } from '../protocol/stats';
import { toStatsSchema } from '../protocol/stats';
import { createStatsPage } from './stats-page';

const host = connect<ToStats, FromStats>(toStatsSchema, (message) => receive(message));
const receive = createStatsPage(rootElement(), {
  summary: document.body.dataset['page'] === 'summary',
  ...host,
  nextFrame: (work) => void requestAnimationFrame(work),
});
