import { writeEngine } from '../../src/training/engine.ts';

// Left to itself a browser without a graphics card would compute with WebAssembly.
writeEngine('webgl');
