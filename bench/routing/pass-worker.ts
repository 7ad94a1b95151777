import { servePasses } from './pass-service';
import { createPassRunner } from './pass-task';

servePasses(createPassRunner);
