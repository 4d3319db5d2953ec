import { loadPictures } from '../../src/models/pictures.ts';

// What pictures are made from is fetched before they are asked for; tests that import this have it all.
await loadPictures();
