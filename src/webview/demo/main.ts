import '../words';
import '@vscode/codicons/dist/codicon.css';
import 'uplot/dist/uPlot.min.css';
import '../page.css';
import '../stats/stats.css';
import './demo.css';
import { rootElement } from '../dom';
import { connect } from '../host';
import type { FromDemo, ToDemo } from '../protocol/demo';
import { toDemoSchema } from '../protocol/demo';
import { createDemoPage } from './demo-page';

const host = connect<ToDemo, FromDemo>(toDemoSchema, (message) => receive(message));
const little = window.matchMedia('(prefers-reduced-motion: reduce)');
const receive = createDemoPage(rootElement(), {
  ...host,
  nextFrame: (work) => void requestAnimationFrame(work),
  // The editor has a setting of its own, which it puts on the body.
  calm: () => little.matches || document.body.classList.contains('vscode-reduce-motion'),
});
