import '../words';
import '@vscode/codicons/dist/codicon.css';
import '../page.css';
import './doctor.css';
import { rootElement } from '../dom';
import { connect } from '../host';
import type { FromDoctor, ToDoctor } from '../protocol/doctor';
import { toDoctorSchema } from '../protocol/doctor';
import { createDoctorPage } from './doctor-page';

const host = connect<ToDoctor, FromDoctor>(toDoctorSchema, (message) => receive(message));
const receive = createDoctorPage(rootElement(), host.post);
host.post({ type: 'ready' });
