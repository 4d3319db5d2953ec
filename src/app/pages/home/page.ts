import { type PageEntry, plainPage } from '../../page.ts';

export const page: PageEntry<object> = { ...plainPage('#/'), link: { label: 'Course', order: 1 } };
