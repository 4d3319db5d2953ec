const lesson = '#/lesson/masked-language-modelling';

interface PageLook {
  readonly address: string;
  readonly title: string;
  readonly ready: string;
  readonly below?: string;
}

/** One address for every page, and one step for every panel; `ready` is there once the page shows what it is for, which may be only when one comes near `below`. */
export const pages: readonly PageLook[] = [
  { address: '#/', title: 'See a language model learn', ready: 'svg [aria-label^="BERT,"]' },
  {
    address: `${lesson}/mix`,
    title: 'Second draw: what happens there?',
    ready: 'section[aria-label="Masked tokens"] svg',
  },
  {
    address: `${lesson}/both-sides`,
    title: 'Everybody sees everybody',
    ready: 'section[aria-label="Who may look at whom"] svg',
  },
  { address: `${lesson}/start`, title: 'Press Start', ready: 'section.model svg' },
  { address: `${lesson}/weights`, title: 'Where the weights are', ready: 'section.model svg' },
  {
    address: `${lesson}/claim-mix`,
    title: 'Claim two: the mix of 80, 10 and 10',
    ready: 'section[aria-label="Experiment"] button',
  },
  { address: `${lesson}/quiz`, title: 'Predict, then look', ready: 'section[aria-label="Questions"] svg' },
  {
    address: '#/lesson/dynamic-masking/ten-copies',
    title: 'What BERT really did',
    ready: 'section[aria-label="Epoch by epoch"] svg',
  },
  { address: '#/checks', title: 'Are the numbers right on this device?', ready: 'form button' },
  { address: '#/play', title: 'Playground', ready: 'section.model svg' },
  {
    address: '#/play?pairing=nsp&pairing.sentencesPerSegment=1&warmUpSteps=500',
    title: 'Playground',
    ready: 'section[aria-labelledby="pair"] svg',
    below: '#pair',
  },
  {
    address: '#/play?architecture=xlnet&noising=plm&noising.share=0.5',
    title: 'Playground',
    ready: 'section[aria-label="Order of reading"] svg',
    below: '#example',
  },
  {
    address: '#/play?architecture=electra&noising=rtd',
    title: 'Playground',
    ready: 'section[aria-labelledby="example"] svg',
    below: '#example',
  },
  {
    address: '#/play?architecture=bart&noising=denoise',
    title: 'Playground',
    ready: 'section[aria-labelledby="example"] svg',
    below: '#example',
  },
  { address: '#/look', title: 'Look inside a checkpoint', ready: 'text=Choose a folder' },
  { address: '#/teach', title: 'In front of a class', ready: 'text=Plan of 45 minutes' },
  {
    address: '#/teach/masked-language-modelling',
    title: 'Masked language modelling: 45 minutes',
    ready: 'text=On the wall at step',
  },
  {
    address: '#/handout/masked-language-modelling?answers=1',
    title: 'Masked language modelling',
    ready: '.answers h3',
  },
  { address: '#/compare', title: 'Compare', ready: 'table button' },
  {
    address: '#/compare?show=results&size=large&held=bert.large&cell=bert.large/glueDev&pick=bert.base%2Bdeberta.base',
    title: 'Compare',
    ready: '[aria-labelledby="beside"] svg',
  },
  { address: '#/choose', title: 'Which one when?', ready: 'text=Shall it write new text?' },
  {
    address: '#/choose?answers=reads.yes.short.download',
    title: 'Which one when?',
    ready: 'text=as slow as BERT base',
  },
  { address: '#/gallery', title: 'Gallery', ready: 'main svg' },
  { address: '#/credits', title: 'Credits and licences', ready: 'text=Moby-Dick' },
  { address: '#/nowhere', title: 'There is no page at this address', ready: 'text=/nowhere' },
];
