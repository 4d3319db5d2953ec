import { inject } from 'vitest';

// No file of the site's tests is read before the site is there.
const answer = await fetch(inject('site'));
if (!answer.ok) throw new Error(await answer.text());
