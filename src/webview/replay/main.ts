import '../words';
import '../page.css';
import '../stats/stats.css';
import './replay.css';
import { rootElement } from '../dom';
import { connect } from '../host';
import type { FromReplay, ToReplay } from '../protocol/replay';
import { toReplaySchema } from '../protocol/replay';
import { createReplayPage } from './replay-page';

const host = connect<ToReplay, FromReplay>(toReplaySchema, (message) => receive(message));
const receive = createReplayPage(rootElement(), host.post);
host.post({ type: 'ready' });
