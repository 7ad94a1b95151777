import { servePasses } from '../routing/pass-service';
import { createSignalRunner } from './pass-task';

servePasses(createSignalRunner);
