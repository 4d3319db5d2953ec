import { plainPage } from '../../page.ts';

export const page = plainPage('#/credits');
