import { servePasses } from '../routing/pass-service';
import { walkTasks } from './walk-task';

servePasses(walkTasks.createRunner);
