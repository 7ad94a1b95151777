import { servePasses } from '../routing/pass-service';
import { createOutageRunner } from './outages';

servePasses(createOutageRunner);
